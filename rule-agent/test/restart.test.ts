import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildRule } from './build.ts';
import { AgentHarness } from './agent-harness.ts';

let harness: AgentHarness;

beforeEach(async () => {
  harness = await new AgentHarness().start();
});

afterEach(() => harness.stop());

describe('a restart', () => {
  it('keeps the cooldown', async () => {
    await harness.cycles(15);
    expect(await harness.state()).toMatchObject({ state: 'cooldown' });
    await harness.stopAgent();
    await harness.startAgent();
    await harness.cycles(10);
    expect(await harness.state()).toMatchObject({ state: 'cooldown' });
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('keeps a firing that was pending, when it is short', async () => {
    await harness.cycles(2);
    await harness.killAgent();
    await harness.startAgent();
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it('starts the firing anew, when nobody watched it for long', async () => {
    await harness.cycles(2);
    await harness.killAgent();
    await harness.clock.advance(60_000);
    await harness.startAgent();
    await harness.cycles(2);
    expect(harness.warehouse.applied).toEqual([]);
    await harness.cycle();
    expect(harness.warehouse.applied).toHaveLength(1);
  });

  it.each([
    { when: 'after it was sent', sent: true, outcome: 'applied' },
    { when: 'before it was sent', sent: false, outcome: 'abandoned' },
  ])(
    'after a kill between start and end, $when, asks the target and sends nothing twice',
    async ({ sent, outcome }) => {
      const key = await killAtStart();
      expect(harness.warehouse.applied).toEqual([]);
      if (sent) sendByHand(harness, key);
      const before = [...harness.warehouse.applied];
      await harness.startAgent();
      expect(await harness.state()).toMatchObject({ state: 'executing' });
      await harness.cycle();
      const [episode] = await harness.items('episodes');
      expect(episode).toMatchObject({ outcome, reconciled: true });
      await harness.cycles(5);
      expect(harness.warehouse.applied).toEqual(before);
      expect(await harness.journal.verifyChain()).toMatchObject({ intact: true });
    },
  );

  it.each([
    { what: 'cut off three times before anything was sent is not held back by the breaker', sent: false },
    { what: 'whose target cannot say what became of it three times is', sent: true },
  ])('a rule $what', async ({ sent }) => {
    harness.rules = [buildRule({ holding: { steadyMs: 0 }, cooldownMs: 0 })];
    for (let kill = 0; kill < 3; kill += 1) {
      await killAtStart();
      // Where somebody else has moved it, nobody can say whether ours was done before.
      if (sent) harness.warehouse.value += 1;
      await harness.startAgent();
    }
    await harness.cycle();
    const outcomes = (await harness.items('episodes')).map(({ outcome }) => outcome);
    expect(outcomes.slice(-3)).toEqual(Array(3).fill(sent ? 'unclear' : 'abandoned'));
    if (sent) expect(await harness.state()).toMatchObject({ state: 'quarantined' });
    else expect(harness.warehouse.applied).toHaveLength(1);
  });
});

/** Runs the agent until a start is journalled, and kills it there; gives the key of the start. */
async function killAtStart(): Promise<string> {
  await harness.stopAgent();
  let key = '';
  await harness.startAgent((journal) => ({
    ...journal,
    async append(...args) {
      const added = await journal.append(...args);
      const [first] = added.events;
      if (first?.kind !== 'started') return added;
      key = first.idempotencyKey;
      throw new Error('killed');
    },
  }));
  while (key === '') await harness.cycle();
  await harness.killAgent();
  return key;
}

function sendByHand({ warehouse }: AgentHarness, key: string): void {
  warehouse.value = 120;
  warehouse.version += 1;
  warehouse.applied.push({ key, value: 120 });
}
