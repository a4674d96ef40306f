import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatAddress } from '@evenkeel/toolkit';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

const reason = 'stocktaking';

function post(
  path: string,
  body: unknown,
  options: { token?: string; headers?: Record<string, string> } = {},
) {
  return harness.request('POST', `/api/v1${path}`, { token: TOKENS.admin, body, ...options });
}

async function restart(): Promise<void> {
  await harness.stopAgent();
  await harness.startAgent();
}

describe('tokens', () => {
  const create = (name: string, role = 'operator') => post('/tokens', { name, role });

  it('are shown once, open what their role may, and survive a restart', async () => {
    const { status, body } = await create('anna');
    expect(status).toBe(201);
    expect(body.token).toMatch(/^ekt_[\w-]{43}$/);
    await restart();
    const paused = await post('/pauses', { reason }, { token: body.token });
    expect(paused).toMatchObject({ status: 201, body: { created_by: 'anna' } });
    expect((await post('/tokens', { name: 'x', role: 'viewer' }, { token: body.token })).status).toBe(403);
    const listed = await harness.get('/api/v1/tokens', TOKENS.admin);
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ name: 'anna', created_by: 'the admin' }),
    );
    expect(JSON.stringify(listed.body)).not.toContain(body.token);
  });

  it('are nowhere but in the answer: the journal has their hash', async () => {
    const { token } = (await create('anna')).body;
    const rows = await harness.journal.find({ limit: 50 });
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows[0]?.event).toMatchObject({
      kind: 'token_created',
      token: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('that are revoked open nothing, and both are in the journal', async () => {
    const { token, id } = (await create('anna')).body;
    const revoked = await harness.request('DELETE', `/api/v1/tokens/${id}`, { token: TOKENS.admin });
    expect(revoked.status).toBe(204);
    expect((await post('/pauses', { reason }, { token })).status).toBe(401);
    await restart();
    expect((await post('/pauses', { reason }, { token })).status).toBe(401);
    expect((await harness.journal.find({ kinds: ['token_revoked'], limit: 1 }))[0]?.event).toMatchObject({
      by: 'the admin',
    });
  });

  it('have names of their own, for names stand for people', async () => {
    await create('anna');
    for (const name of ['anna', 'the operator']) {
      expect(await create(name)).toMatchObject({ status: 409, body: { code: 'TOKEN_NAME_TAKEN' } });
    }
  });

  it.each([
    {},
    { name: 'x' },
    { name: '\n', role: 'viewer' },
    { name: 'x', role: 'root' },
    { name: 'x', role: 'viewer', expires_in: 'soon' },
  ])('like %j are refused', async (body) => {
    expect((await post('/tokens', body)).status).toBe(422);
  });
});

describe('the kill switch', () => {
  it('stops everything at once, through a restart, until it is released', async () => {
    await harness.cycles(2);
    const engaged = await post('/kill-switch/engage', { reason }, { token: TOKENS.operator });
    expect(engaged.body).toMatchObject({ engaged: true, because: 'engaged by the operator: stocktaking' });
    await restart();
    await harness.cycles(4);
    expect(harness.warehouse.requests).toEqual([]);
    expect(await harness.state()).toMatchObject({ suppressed_by: 'pause' });
    await post('/kill-switch/release', { reason: 'done' });
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  const pause = (body: object, key: string, token = TOKENS.operator) =>
    post('/pauses', body, { token, headers: { 'idempotency-key': key } });

  it('makes the same request count once, and answers alike', async () => {
    const [first, again] = await Promise.all([pause({ reason }, 'k1'), pause({ reason }, 'k1')]);
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(201);
    expect(await harness.items('pauses')).toHaveLength(1);
  });

  it('belongs to one request of one token', async () => {
    await pause({ reason }, 'k1');
    expect(await pause({ reason: 'another' }, 'k1')).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await pause({ reason }, 'k1', TOKENS.admin)).status).toBe(201);
    expect(await harness.items('pauses')).toHaveLength(2);
  });

  it('of a request that was refused may be used again', async () => {
    expect((await pause({ reason, rule: 'none' }, 'k1')).status).toBe(422);
    expect((await pause({ reason }, 'k1')).status).toBe(201);
  });
});

describe('too many requests', () => {
  it('are refused by token, and the others go on', async () => {
    await harness.stopAgent();
    harness.rateLimit = { requests: 3, per: 60_000 };
    await harness.startAgent();
    for (let sent = 0; sent < 3; sent++) await harness.get('/api/v1/facts', TOKENS.viewer);
    const refused = await harness.get('/api/v1/facts', TOKENS.viewer);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect((await harness.get('/api/v1/facts', TOKENS.operator)).status).toBe(200);
  });

  it('and too much at once are refused', async () => {
    const large = await post('/pauses', { reason: 'x'.repeat(300_000) });
    expect(large).toMatchObject({ status: 413, body: { code: 'ENTITY_TOO_LARGE' } });
  });
});

describe('an agent that stands by', () => {
  it('answers reads, checks rules, and sends changes to the leader', async () => {
    await harness.stopAgent();
    const leader = { holder: 'the other', url: 'http://10.0.0.5:9851' };
    harness.leadership = { leads: () => false, token: () => undefined, leader: () => leader };
    await harness.startAgent();
    expect((await harness.get('/api/v1/leader')).body).toEqual({ leads: false, ...leader });
    expect(await post('/pauses', { reason })).toMatchObject({
      status: 503,
      body: { code: 'JOURNAL_STANDBY', leader },
    });
    expect((await post('/pauses', { reason }, { token: 'wrong' })).status).toBe(401);
    const checked = await post('/rules/validate', 'rules: []', {
      headers: { 'content-type': 'application/yaml' },
    });
    expect(checked.status).toBe(200);
  });
});

describe('the live feed', () => {
  async function* listen(headers: Record<string, string> = {}) {
    const url = `http://${formatAddress(harness.agent.addresses()[0]!)}/api/v1/events`;
    const response = await fetch(url, { headers });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [id, , data] = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        if (data === undefined) yield { id: '', data: undefined };
        else yield { id: id!.slice(4), data: JSON.parse(data.slice(6)) };
      }
    }
  }

  it('sends what is written as it is written', async () => {
    const events = listen();
    await events.next();
    await post('/pauses', { reason });
    const { value } = await events.next();
    expect(value?.data).toMatchObject({
      kind: 'pause_created',
      text: 'paused everything by the admin: stocktaking',
    });
    await events.return(undefined);
  });

  it('goes on after the event that was seen last, without a gap and without the hash of a token', async () => {
    const [last] = await harness.journal.find({ limit: 1 });
    await post('/tokens', { name: 'anna', role: 'viewer' });
    await post('/pauses', { reason });
    const seen: unknown[] = [];
    for await (const { data } of listen({ 'last-event-id': String(last!.seq) })) {
      if (data !== undefined) seen.push(data);
      if (seen.length === 2) break;
    }
    expect(seen).toMatchObject([{ kind: 'token_created' }, { kind: 'pause_created' }]);
    expect(JSON.stringify(seen)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('ends when the agent does', async () => {
    const events = listen();
    await events.next();
    await harness.stopAgent();
    expect((await events.next()).done).toBe(true);
  });
});

describe('what waits for a person, and what was done', () => {
  it('is listed, and counted', async () => {
    harness.rules = [
      buildRule({
        mode: 'approve',
        holding: { steadyMs: 0 },
        target: { by: ['job'], match: { job: 'warehouse' } },
      }),
    ];
    await harness.agent.reload();
    await harness.cycle();
    expect(await harness.items('approvals')).toMatchObject([
      { rule: 'slow-api', needed: 1, approved_by: [] },
    ]);
    const { body } = await harness.get('/api/v1/report?last=1h');
    expect(body).toMatchObject({ waiting: 1, rules: [{ rule: 'slow-api', firings: 1, episodes: 1 }] });
    expect((await harness.get('/api/v1/report?last=99d')).status).toBe(422);
  });
});
