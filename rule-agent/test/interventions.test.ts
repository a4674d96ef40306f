import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

let harness: AgentHarness;

const pinned = { by: ['job'], match: { job: 'warehouse' } };
const eager = buildRule({ holding: { steadyMs: 0 }, target: pinned });
const slowly = { ...eager.expect, settleMs: 60_000, windowMs: 60_000 };

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

async function govern(...rules: (typeof eager)[]): Promise<void> {
  harness.rules = rules;
  await harness.agent.reload();
}

function post(path: string, body: object, token = TOKENS.operator) {
  return harness.request('POST', `/api/v1${path}`, { token, body });
}

async function episode() {
  return (await harness.items('episodes'))[0];
}

describe('an action that waits for a person', () => {
  beforeEach(async () => {
    await govern({ ...eager, mode: 'approve' });
    await harness.cycle();
  });

  it('is carried out after a yes, and shows who said it', async () => {
    expect((await harness.state()).state).toBe('awaiting_approval');
    expect(harness.warehouse.applied).toEqual([]);
    const { id } = await episode();
    const answer = await post(`/episodes/${id}/approve`, { reason: 'go' });
    expect(answer).toMatchObject({ status: 202, body: { approved_by: ['the operator'], needed: 1 } });
    expect(await post(`/episodes/${id}/approve`, {})).toMatchObject({ status: 409 });
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
    expect(await episode()).toMatchObject({
      outcome: 'applied',
      approval: { given: [{ by: 'the operator', because: 'go' }] },
    });
  });

  it('is over after a no', async () => {
    const { id } = await episode();
    expect(await post(`/episodes/${id}/reject`, { reason: 'not at night' })).toMatchObject({ status: 204 });
    await harness.cycles(2);
    expect(harness.warehouse.applied).toEqual([]);
    expect(await episode()).toMatchObject({ state: 'rejected' });
    expect(await post(`/episodes/${id}/approve`, {})).toMatchObject({ status: 404 });
    await harness.cycle(600_000);
    expect(await harness.state()).toMatchObject({
      state: 'suppressed',
      suppressed_by: 'veto',
      because: expect.stringContaining('rejected by the operator: not at night'),
    });
    expect(await harness.items('episodes')).toHaveLength(1);
  });

  it('is decided anew when the rule is set to auto', async () => {
    const { id } = await episode();
    await harness.cycle();
    const mode = { mode: 'auto', reason: 'trusted' };
    const { headers } = await harness.get('/api/v1/rules/slow-api');
    const ifMatch = { 'if-match': headers.get('etag')! };
    const answer = await harness.request('PUT', '/api/v1/rules/slow-api/mode', {
      ...{ token: TOKENS.admin, body: mode, headers: ifMatch },
    });
    expect(answer.status).toBe(200);
    await harness.cycles(2);
    const [anew, before] = await harness.items('episodes');
    expect(before).toMatchObject({ id, state: 'superseded' });
    expect(anew).toMatchObject({ mode: 'auto', outcome: 'applied' });
  });

  it('is asked for again after a restart, not forgotten', async () => {
    await harness.killAgent();
    await harness.startAgent();
    await harness.agent.reload();
    const { id } = await episode();
    await post(`/episodes/${id}/approve`, {});
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
  });
});

describe('reverting', () => {
  beforeEach(async () => {
    await govern({ ...eager, expect: slowly });
    await harness.cycle();
  });

  it('puts the knob where it was, even under a pause, and lets the rule rest', async () => {
    expect(harness.warehouse.value).toBe(120);
    const { id } = await episode();
    await post('/pauses', { reason: 'looking at it' });
    expect(await post(`/episodes/${id}/revert`, { reason: 'stale prices' })).toMatchObject({ status: 202 });
    await harness.cycle();
    expect(harness.warehouse.value).toBe(2);
    expect(await episode()).toMatchObject({
      state: 'rolled_back',
      reverted: { by: 'the operator', because: 'stale prices', outcome: 'reverted' },
    });
    expect(await post(`/episodes/${id}/revert`, { reason: 'again' })).toMatchObject({ status: 409 });
  });

  it('works long after the verdict', async () => {
    for (let cycle = 0; cycle < 65; cycle++) await harness.cycle();
    const { id, state } = await episode();
    expect(state).toBe('verified');
    await post(`/episodes/${id}/revert`, { reason: 'stale prices' });
    await harness.cycle();
    expect(harness.warehouse.value).toBe(2);
    expect(await harness.state()).toMatchObject({ state: 'rolled_back' });
  });

  it('leaves alone what somebody has changed since', async () => {
    const { id } = await episode();
    harness.warehouse.value = 60;
    await post(`/episodes/${id}/revert`, { reason: 'stale prices' });
    await harness.cycle();
    expect(harness.warehouse.value).toBe(60);
    expect(await episode()).toMatchObject({ reverted: { outcome: 'changed_since' } });
  });

  it('is tried again until the target answers, and not under the kill switch', async () => {
    const { id } = await episode();
    await post(`/episodes/${id}/revert`, { reason: 'stale prices' });
    harness.warehouse.fault = 'status_500';
    await harness.cycles(2);
    expect(await episode()).toMatchObject({ state: 'reverting' });
    harness.warehouse.fault = 'none';
    await harness.cycle();
    expect(harness.warehouse.value).toBe(2);
  });
});

describe('a guardrail', () => {
  const guarded = { ...slowly, guardrails: [{ signal: 'api_error_ratio', above: 0.1 }] };
  const see = (errors: string) => {
    harness.seeLatency('3');
    harness.prometheus.signals.push({
      signal: 'api_error_ratio',
      labels: { job: 'warehouse' },
      value: errors,
    });
  };

  beforeEach(async () => {
    await govern({ ...eager, expect: guarded });
    see('0.01');
    await harness.cycles(2);
  });

  it('takes the action back when the other signal goes beyond its bound', async () => {
    expect(harness.warehouse.value).toBe(120);
    see('0.2');
    await harness.cycle();
    expect(harness.warehouse.value).toBe(2);
    expect(await episode()).toMatchObject({
      reverted: { by: 'guardrail', because: 'api_error_ratio is 0.2', outcome: 'reverted' },
    });
  });

  it('does nothing on a signal that is not known', async () => {
    see('NaN');
    await harness.cycles(3);
    expect(harness.warehouse.value).toBe(120);
  });
});

describe('the breaker', () => {
  it('holds a rule back after three failures, until a person gives it another chance', async () => {
    await govern({ ...eager, cooldownMs: 1_000 });
    harness.warehouse.fault = 'status_500';
    await harness.cycles(12);
    expect(await harness.state()).toMatchObject({ state: 'quarantined' });
    harness.warehouse.fault = 'none';
    await harness.cycles(2);
    expect(harness.warehouse.value).toBe(2);
    const again = { reason: 'mended', target: { job: 'warehouse' } };
    expect(await post('/rules/slow-api/reset', again)).toMatchObject({ status: 204 });
    await harness.cycles(2);
    expect(harness.warehouse.value).toBe(120);
  });
});
