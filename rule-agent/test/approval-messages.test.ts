import { rmSync, writeFileSync } from 'node:fs';
import { Secret } from '@evenkeel/toolkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { shortenJournal } from '../src/journal/index.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';
import { FakeTarget } from './fake-target.ts';

describe('an agent that tells people what waits for their approval', () => {
  let harness: AgentHarness;
  let desk: FakeTarget;
  let status: number;

  beforeEach(async () => {
    status = 202;
    desk = await new FakeTarget(() => ({ status })).start();
    harness = new AgentHarness();
    const settings = { format: 'webhook', url: new Secret(desk.url), honours_idempotency_key: false };
    harness.furtherSystems = { desk: { kind: 'notify', settings, timeout: 1_000 } };
    harness.approvalMessage = { system: 'desk', text: 'Ask the shift lead first.', severity: 'error' };
    const target = { by: ['job'], match: { job: 'warehouse' } };
    harness.rules = [buildRule({ mode: 'approve', holding: { steadyMs: 0 }, target })];
    await harness.start();
  });

  afterEach(async () => {
    await harness.stop();
    await desk.stop();
  });

  const kindsOf = async (episode: string) =>
    (await harness.journal.find({ episode, limit: 50 })).map(({ event }) => event.kind).reverse();

  it('sends one message for each approval, written ahead, and none in its budget', async () => {
    await harness.cycles(10);
    const [{ episode, expires_at: until }] = await harness.items('approvals');
    expect(desk.changes).toMatchObject([
      {
        body: {
          severity: 'error',
          rule: 'slow-api',
          text:
            'Rule slow-api asks for an approval on {job="warehouse"}: warehouse/cache_ttl from 2 to 120. ' +
            `It waits until ${until}. With an operator's token: ` +
            `POST /api/v1/episodes/${episode}/approve or /api/v1/episodes/${episode}/reject. Ask the shift lead first.`,
        },
      },
    ]);
    expect(JSON.stringify(desk.changes)).not.toMatch(new RegExp(Object.values(TOKENS).join('|')));
    expect(await kindsOf(episode)).toEqual(['decided', 'approval_asked', 'approval_ask_ended']);
    expect((await harness.get(`/api/v1/episodes/${episode}`)).body.state).toBe('awaiting_approval');
  });

  it('sends it once, whatever becomes of the agent, and what is approved then is carried out', async () => {
    await harness.cycles(3);
    await harness.stopAgent();
    await harness.startAgent();
    await harness.cycles(3);
    expect(await shortenJournal(harness.journal, harness.clock.now())).toBeGreaterThan(0);
    await harness.killAgent();
    await harness.startAgent();
    await harness.cycles(3);
    expect(desk.changes).toHaveLength(1);

    const [{ episode }] = await harness.items('approvals');
    await harness.request('POST', `/api/v1/episodes/${episode}/approve`, {
      token: TOKENS.operator,
      body: {},
    });
    await harness.cycles(3);
    expect(harness.warehouse.value).toBe(120);
    expect(desk.changes).toHaveLength(1);
  });

  it('tries a message that fails again, with growing pauses and under the same key, and then gives up', async () => {
    status = 503;
    await harness.cycles(150);
    expect(desk.changes.length).toBeGreaterThan(1);
    expect(desk.changes.length).toBeLessThanOrEqual(8);
    expect(new Set(desk.changes.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const [{ episode }] = await harness.items('approvals');
    const kinds = await kindsOf(episode);
    expect(kinds.filter((kind) => kind === 'approval_asked')).toHaveLength(8);
    expect(kinds.filter((kind) => kind === 'approval_ask_ended')).toHaveLength(8);
  });

  it('sends it as soon as the receiver is well again', async () => {
    status = 404;
    await harness.cycles(4);
    status = 202;
    await harness.cycles(20);
    expect(desk.changes.length).toBeGreaterThan(1);
    const sent = desk.changes.length;
    await harness.cycles(20);
    expect(desk.changes).toHaveLength(sent);
  });

  it('sends nothing while the kill switch is engaged, and makes up for it afterwards', async () => {
    status = 404;
    await harness.cycles(2);
    const before = desk.changes.length;
    status = 202;
    writeFileSync(harness.stopFile, '');
    await harness.cycles(10);
    expect(desk.changes).toHaveLength(before);
    rmSync(harness.stopFile);
    await harness.cycles(2);
    expect(desk.changes).toHaveLength(before + 1);
  });

  it('sends nothing while it stands by, and once it leads only what was not sent', async () => {
    await harness.cycles(3);
    expect(desk.changes).toHaveLength(1);
    await harness.stopAgent();
    let leads = false;
    harness.leadership = { ...harness.leadership, leads: () => leads };
    await harness.startAgent();
    await harness.cycles(3);
    expect(desk.changes).toHaveLength(1);
    leads = true;
    await harness.cycles(3);
    expect(desk.changes).toHaveLength(1);
  });

  it('says nothing about what has been settled by then', async () => {
    status = 404;
    await harness.cycles(2);
    const [{ episode }] = await harness.items('approvals');
    const before = desk.changes.length;
    const body = { reason: 'not at night' };
    await harness.request('POST', `/api/v1/episodes/${episode}/reject`, { token: TOKENS.operator, body });
    await harness.cycles(20);
    expect(desk.changes).toHaveLength(before);
  });
});
