import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GUARD_NAMES } from '../src/decisions/index.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

const RULE = `rules:
  - name: night-shift
    description: Requests are slow at night.
    priority: 1
    mode: auto
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { all: [{ fact: latency, operator: greaterThan, value: 1 }] }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower }
    when_learning: act
`;

const yaml = { 'content-type': 'application/yaml' };

function send(method: string, path: string, options: { body?: unknown; etag?: string; token?: string } = {}) {
  const { body, etag, token = TOKENS.admin } = options;
  const headers = {
    ...(typeof body === 'string' && yaml),
    ...(etag !== undefined && { 'if-match': etag }),
  };
  return harness.request(method, `/api/v1${path}`, { token, body, headers });
}

const create = (text = RULE) => send('POST', '/rules', { body: text });
const etagOf = async (name: string) => (await harness.get(`/api/v1/rules/${name}`)).headers.get('etag') ?? '';

async function onlyTheNewRule(): Promise<void> {
  harness.rules = [];
  await harness.agent.reload();
}

describe('checking a rule file', () => {
  it('gives every mistake with its place, and changes nothing', async () => {
    const bad = RULE.replace('priority: 1', 'priority: 9').replace('greaterThan', 'greatrThan');
    const { status, body } = await send('POST', '/rules/validate', { body: bad, token: TOKENS.viewer });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      valid: false,
      diagnostics: [
        { line: 4, column: 15 },
        { line: 8, column: 46 },
      ],
    });
    expect(body.text).toContain('^');
    expect(await harness.items('rules')).toHaveLength(1);
  });

  it('warns of a signal that is neither a shipped one nor seen in Prometheus, as the command check does', async () => {
    const named = (signal: string) => RULE.replaceAll('api_latency_p95_seconds', signal);
    const { body } = await send('POST', '/rules/validate', { body: named('api_latency_p95_second') });
    expect(body).toMatchObject({
      valid: true,
      rules: [{ name: 'night-shift' }],
      diagnostics: [
        {
          ...{ line: 7, column: 33, severity: 'warning', code: 'RULE_SIGNAL_UNKNOWN' },
          hint: expect.stringContaining('did you mean api_latency_p95_seconds'),
        },
        { line: 10, column: 23, severity: 'warning' },
      ],
      text: expect.stringContaining('rules.yml:7:33: warning: rule night-shift names the signal'),
    });
    harness.prometheus.signals.push({ signal: 'our_own', labels: { job: 'warehouse' }, value: '1' });
    await harness.cycle();
    const own = await send('POST', '/rules/validate', { body: named('our_own') });
    expect(own.body).toMatchObject({ valid: true, diagnostics: [], text: '' });
  });

  it('gives the version of a good one', async () => {
    const { body } = await send('POST', '/rules/validate', { body: RULE });
    expect(body).toMatchObject({ valid: true, rules: [{ name: 'night-shift', mode: 'auto' }] });
  });

  it('never reads a variable of the environment, which may hold a secret', async () => {
    process.env.EVENKEEL_TEST_SECRET = 'hunter2';
    const body = RULE.replace('at night.', '${EVENKEEL_TEST_SECRET}');
    const answer = await send('POST', '/rules/validate', { body });
    delete process.env.EVENKEEL_TEST_SECRET;
    expect(answer.body.valid).toBe(false);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });
});

describe('a rule that is created through the API', () => {
  it('is in force with the next cycle, is shown with its text, and survives a restart', async () => {
    await onlyTheNewRule();
    const created = await create();
    expect(created).toMatchObject({ status: 201, body: { name: 'night-shift', origin: 'api' } });
    await harness.killAgent();
    await harness.startAgent();
    await harness.cycles(2);
    expect(harness.warehouse.applied).toHaveLength(1);
    const shown = await harness.get(created.headers.get('location') ?? '');
    expect(shown.body.text).toBe(RULE);
  });

  it('cannot take the name of another, and is refused with its mistakes', async () => {
    await create();
    expect(await create()).toMatchObject({ status: 409, body: { code: 'RULE_NAME_TAKEN' } });
    const shadowing = RULE.replace('night-shift', 'slow-api');
    expect(await create(shadowing)).toMatchObject({ status: 409 });
    const bad = await create(RULE.replace('for', 'fro').replace('system: warehouse', 'system: mars'));
    expect(bad).toMatchObject({ status: 422, body: { code: 'RULES_INVALID', diagnostics: [{ line: 9 }] } });
    const two = RULE + RULE.replace('rules:\n', '').replace('night-shift', 'day-shift');
    expect(await create(two)).toMatchObject({ status: 422, body: { mistakes: [{ field: 'rules' }] } });
  });

  it('gives way to a file that takes its name', async () => {
    await create();
    harness.rules = [buildRule({ name: 'night-shift', description: 'From a file.' })];
    await harness.agent.reload();
    expect(await harness.items('rules')).toMatchObject([{ description: 'From a file.', origin: 'file' }]);
  });

  it('keeps every version, and is changed only by who has seen the last one', async () => {
    await create();
    const etag = await etagOf('night-shift');
    const changed = RULE.replace('set: 120', 'set: 60');
    expect(await send('PUT', '/rules/night-shift', { body: changed })).toMatchObject({ status: 422 });
    expect(await send('PUT', '/rules/night-shift', { body: changed, etag })).toMatchObject({ status: 200 });
    expect(await send('PUT', '/rules/night-shift', { body: RULE, etag })).toMatchObject({
      status: 412,
      body: { code: 'PRECONDITION_FAILED' },
    });
    const { body } = await harness.get('/api/v1/rules/night-shift/versions');
    expect(body.items.map(({ text }: { text: string }) => text)).toEqual([changed, RULE]);
    expect(body.items).toMatchObject([{ by: 'the admin' }, { by: 'the admin' }]);
  });

  it('can be taken out, while one from a file cannot', async () => {
    await create();
    expect(await send('DELETE', '/rules/slow-api', { etag: '*' })).toMatchObject({
      status: 409,
      body: { code: 'RULE_ON_DISK' },
    });
    const etag = await etagOf('night-shift');
    expect((await send('DELETE', '/rules/night-shift', { etag })).status).toBe(204);
    expect((await harness.get('/api/v1/rules/night-shift')).status).toBe(404);
    expect((await harness.get('/api/v1/rules/night-shift/versions')).body.items).toHaveLength(1);
  });
});

describe('the mode of a rule', () => {
  const reason = 'stocktaking';

  it('is set over what the rule states, lasts through restart and reload, and is given back', async () => {
    const etag = await etagOf('slow-api');
    const answer = await send('PUT', '/rules/slow-api/mode', { body: { mode: 'shadow', reason }, etag });
    expect(answer).toMatchObject({
      status: 200,
      body: { mode: 'shadow', mode_set: { by: 'the admin', because: reason } },
    });
    expect(answer.headers.get('etag')).not.toBe(etag);
    await harness.killAgent();
    await harness.startAgent();
    await harness.agent.reload();
    await harness.cycles(4);
    expect(harness.warehouse.applied).toEqual([]);
    await send('POST', '/rules/slow-api/enable', { body: { reason } });
    expect(await etagOf('slow-api')).toBe(etag);
  });

  it('can be taken to off by an operator, who cannot take it back up', async () => {
    const off = await send('POST', '/rules/slow-api/disable', { body: { reason }, token: TOKENS.operator });
    expect(off).toMatchObject({ status: 200, body: { mode: 'off' } });
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
    const up = await send('POST', '/rules/slow-api/enable', { body: { reason }, token: TOKENS.operator });
    expect(up.status).toBe(403);
  });

  it('needs the ETag that was read', async () => {
    const stale = { body: { mode: 'auto', reason }, etag: '"an old one"' };
    expect((await send('PUT', '/rules/slow-api/mode', stale)).status).toBe(412);
  });
});

describe('explaining', () => {
  const explain = async (query = '') => (await harness.get(`/api/v1/rules/slow-api/explain${query}`)).body;

  it('says how long the condition has held, with the values that were compared', async () => {
    await harness.cycles(2);
    const { items } = await explain('?label=job%3Dwarehouse');
    expect(items).toMatchObject([
      {
        acts: false,
        text: 'its condition has not held for long enough yet',
        outcome: 'firing',
        firing: { held_seconds: 2, held: false },
        conditions: {
          when: { holds: true, parts: [{ holds: true, text: 'latency (3) greaterThan 1' }] },
        },
      },
    ]);
    expect(await explain('?label=job%3Dother')).toMatchObject({
      note: 'none of its targets has these labels; it has {job="warehouse"}',
      items: [],
    });
  });

  it('asks every guard in order, and answers with the first that objects', async () => {
    await harness.request('POST', '/api/v1/pauses', {
      token: TOKENS.operator,
      body: { reason: 'inventory' },
    });
    await harness.cycles(4);
    const [item] = (await explain()).items;
    expect(item.text).toBe('pause: paused by the operator: inventory');
    expect(item.guards.map(({ guard }: { guard: string }) => guard)).toEqual(GUARD_NAMES);
  });

  it('says nothing of a condition whose fact is not known', async () => {
    harness.seeLatency('NaN');
    await harness.cycle();
    const [item] = (await explain()).items;
    expect(item).toMatchObject({ outcome: 'unknown', conditions: { when: { holds: null } } });
    expect(item.text).toMatch(/^it is not known whether its condition holds: latency is missing/);
  });

  it('agrees with what the next cycle does', async () => {
    await harness.cycles(2);
    await harness.clock.advance(2_000);
    expect((await explain()).items[0]).toMatchObject({ acts: true, text: 'it acts with the next cycle' });
    await harness.agent.turn();
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('tells an episode from its first sign on', async () => {
    await harness.cycles(4);
    const { id } = (await harness.items('episodes'))[0];
    const { body } = await harness.get(`/api/v1/episodes/${id}/explain`);
    expect(body).toMatchObject({
      rule: 'slow-api',
      fired_for_seconds: 4,
      conditions: { when: { holds: true } },
      result: 'api_latency_p95_seconds was to go lower; it was 3 before, and there is no verdict yet',
    });
    const kinds = body.timeline.map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(0, 3)).toEqual(['firing_started', 'decided', 'started']);
    expect((await harness.get('/api/v1/episodes/none/explain')).status).toBe(404);
  });
});
