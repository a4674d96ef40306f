import { Secret } from '@evenkeel/toolkit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { shortenJournal } from '../src/journal/index.ts';
import { AgentHarness } from './agent-harness.ts';
import { buildRule } from './build.ts';
import { FakeTarget } from './fake-target.ts';

describe('an agent that sends messages', () => {
  let harness: AgentHarness;
  let desk: FakeTarget;

  beforeEach(async () => {
    desk = await new FakeTarget(() => ({ status: 202 })).start();
    harness = new AgentHarness();
    const settings = { format: 'webhook', url: new Secret(desk.url), honours_idempotency_key: false };
    harness.furtherSystems = { desk: { kind: 'notify', settings, timeout: 1_000 } };
    harness.rules = [
      buildRule({
        name: 'page',
        holding: { steadyMs: 0 },
        cooldownMs: 10_000,
        target: { by: ['job'], match: { job: 'warehouse' } },
        action: {
          ...{ kind: 'notify', system: 'desk', name: 'message' },
          ...{ text: '${target.job} is slow', severity: 'warning' },
        },
        expect: { ...buildRule().expect, settleMs: 0 },
      }),
    ];
    await harness.start();
  });

  afterEach(async () => {
    await harness.stop();
    await desk.stop();
  });

  it('sends one while the condition holds, whatever becomes of the agent, and the next when it comes back', async () => {
    await harness.cycles(20);
    expect(desk.changes).toHaveLength(1);

    await harness.stopAgent();
    await harness.startAgent();
    await harness.cycles(10);
    expect(desk.changes).toHaveLength(1);

    expect(await shortenJournal(harness.journal, harness.clock.now())).toBeGreaterThan(0);
    await harness.killAgent();
    await harness.clock.advance(3_600_000);
    await harness.startAgent();
    await harness.cycles(10);
    expect(desk.changes).toHaveLength(1);

    harness.seeLatency('0.1');
    await harness.cycles(2);
    harness.seeLatency('3');
    await harness.cycles(10);
    expect(desk.changes).toHaveLength(2);
    expect(desk.changes.map(({ body }) => body)).toMatchObject([
      { text: 'warehouse is slow' },
      { text: 'warehouse is slow' },
    ]);
  });

  it('says why nothing is sent, and shows the message as its kind does', async () => {
    await harness.cycles(10);
    const explained = await harness.get('/api/v1/rules/page/explain');
    expect(explained.body.items[0].text).toMatch(/^repeat: sent for this firing already, at 2026-/);
    const { body } = await harness.get('/api/v1/rules');
    expect(body.items[0]).toMatchObject({
      action: { kind: 'notify', system: 'desk', text: '${target.job} is slow', severity: 'warning' },
      targets: [{ state: 'suppressed', suppressed_by: 'repeat' }],
    });
  });
});
