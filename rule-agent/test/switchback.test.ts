import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Random } from '../../test/bench/suites/verdicts/random.ts';
import type { JournalEvent } from '../src/model/event.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { buildRule } from './build.ts';

const [ON, OFF] = [120, 2];
const [SETTLE_MS, WINDOW_MS] = [10_000, 50_000];
const BLOCK_MS = SETTLE_MS + WINDOW_MS;
const BLOCKS = 6;

let harness: AgentHarness;
/** Where the knob stood from which time on. */
let knob: { fromMs: number; value: number }[];
/** What the latency is with the knob on, and off. */
let latency: { on: number; off: number };

beforeEach(async () => {
  harness = new AgentHarness();
  const { expect: expected } = buildRule();
  harness.rules = [
    buildRule({
      holding: { steadyMs: 0 },
      target: { by: ['job'], match: { job: 'warehouse' } },
      expect: { ...expected, settleMs: SETTLE_MS, windowMs: WINDOW_MS, switchback: BLOCKS },
    }),
  ];
  knob = [];
  latency = { on: 1, off: 3 };
  harness.prometheus.past = recorded;
  await harness.start();
});

afterEach(() => harness.stop());

/** What was recorded second by second: some noise, and what the knob does. */
function recorded(query: string, atMs: number): number | undefined {
  if (!query.startsWith('evenkeel:signal:value{')) return undefined;
  const value = knob.findLast(({ fromMs }) => fromMs < atMs)?.value ?? OFF;
  return (value === ON ? latency.on : latency.off) + 0.1 * new Random(atMs / 1_000).normal();
}

async function cycle(afterMs = 4_000): Promise<void> {
  await harness.cycle(afterMs);
  const { value } = harness.warehouse;
  if (knob.at(-1)?.value !== value) knob.push({ fromMs: harness.clock.now(), value });
}

async function cycles(count: number): Promise<void> {
  for (let done = 0; done < count; done++) await cycle();
}

/** Up to the middle of a block, the first of which is block 1. */
async function untilBlock(block: number): Promise<void> {
  const startedAtMs = (await eventsOf('finished'))[0]!.at;
  while (harness.clock.now() < startedAtMs + (block - 0.5) * BLOCK_MS) await cycle();
}

async function untilVerdict(): Promise<void> {
  for (let turn = 0; turn < 120 && (await eventsOf('verified')).length === 0; turn++) await cycle();
}

async function episode() {
  return (await harness.items('episodes'))[0];
}

async function eventsOf<Kind extends JournalEvent['kind']>(kind: Kind) {
  const rows = await harness.journal.find({ kinds: [kind], limit: 100 });
  return rows.map(({ event }) => event as Extract<JournalEvent, { kind: Kind }>).reverse();
}

async function order(): Promise<readonly boolean[]> {
  return (await eventsOf('decided'))[0]!.switchbackOrder!;
}

/** The first block in which the action is on, or off. */
async function firstBlock(isOn: boolean): Promise<number> {
  return (await order()).indexOf(isOn) + 1;
}

function post(path: string, body: object) {
  return harness.request('POST', `/api/v1${path}`, { token: TOKENS.operator, body });
}

describe('an action with a switchback', () => {
  it('is switched as the journal had it before, is judged by its blocks alone, and stays on', async () => {
    await cycle();
    const drawn = await order();
    expect(await eventsOf('finished')).toHaveLength(1);
    const seen: boolean[] = [];
    for (let block = 1; block <= BLOCKS; block++) {
      await untilBlock(block);
      seen.push(harness.warehouse.value === ON);
      expect(await harness.state()).toMatchObject({ state: 'measuring' });
    }
    expect(seen).toEqual(drawn);
    await untilVerdict();
    expect(harness.warehouse.value).toBe(ON);
    const found = await episode();
    expect(found).toMatchObject({
      ...{ state: 'verified', verdict: 'improved', expect: { switchback_blocks: BLOCKS } },
      effect: { comparable_moments: null, switchback: drawn.map((on) => expect.objectContaining({ on })) },
      verdict_text: expect.stringContaining('It was on in 3 of 6 blocks and off in the others'),
    });
    expect(found.effect.low).toBeLessThan(2);
    expect(found.effect.high).toBeGreaterThan(2);
    const keys = harness.warehouse.applied.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is one action of the budget, and no turn of its knob', async () => {
    harness.rules = harness.rules.map((rule) => ({
      ...rule,
      budget: { rule: { actions: 2, perMs: 3_600_000 } },
    }));
    await harness.agent.reload();
    await cycle();
    await untilVerdict();
    harness.warehouse.value = OFF;
    await cycles(35);
    expect((await harness.items('episodes')).map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  });

  it('is off at the end when it made things worse', async () => {
    latency = { on: 5, off: 3 };
    await cycle();
    await untilVerdict();
    await cycles(2);
    expect(await episode()).toMatchObject({
      verdict: 'worsened',
      reverted: { by: 'verdict', outcome: 'reverted' },
    });
    expect(harness.warehouse.value).toBe(OFF);
  });

  it('stays on when it cannot be told whether it helped', async () => {
    latency = { on: 3, off: 3 };
    await cycle();
    await untilVerdict();
    expect((await episode()).verdict).toMatch(/^(no_effect|inconclusive:not_clear|improved|worsened)$/);
    const isWorse = (await episode()).verdict === 'worsened';
    await cycles(2);
    expect(harness.warehouse.value).toBe(isWorse ? OFF : ON);
  });

  it('says nothing when a block was hardly recorded', async () => {
    await cycle();
    const startedAtMs = (await eventsOf('finished'))[0]!.at;
    const isGap = (atMs: number) =>
      atMs > startedAtMs + 3 * BLOCK_MS + 25_000 && atMs < startedAtMs + 4 * BLOCK_MS;
    harness.prometheus.past = (query, atMs) => (isGap(atMs) ? undefined : recorded(query, atMs));
    await untilVerdict();
    expect(await episode()).toMatchObject({
      verdict: 'inconclusive:missing_data',
      verdict_text: expect.stringContaining('more than a fifth of block 4 of 6 is missing'),
    });
  });
});

describe('a switchback is cut short', () => {
  it('by the kill switch, which leaves the action as it is', async () => {
    await cycle();
    await untilBlock(await firstBlock(false));
    writeFileSync(harness.stopFile, '');
    await untilVerdict();
    expect(await episode()).toMatchObject({
      verdict: 'inconclusive:switchback_cut_short',
      verdict_text: expect.stringContaining('its switchback was cut short'),
    });
    await cycles(5);
    expect(harness.warehouse.value).toBe(OFF);
  });

  it('by a pause, when a switch is due', async () => {
    await cycle();
    await untilBlock(await firstBlock(false));
    await post('/pauses', { reason: 'stocktaking', rule: 'slow-api' });
    await untilVerdict();
    expect((await episode()).verdict_text).toContain('paused by the operator: stocktaking');
    expect(harness.warehouse.value).toBe(OFF);
  });

  it('by a person who changed the knob, whose value stays', async () => {
    await cycle();
    await untilBlock(1);
    Object.assign(harness.warehouse, { value: 60, version: 99 });
    await untilVerdict();
    expect(await episode()).toMatchObject({
      verdict: 'inconclusive:switchback_cut_short',
      verdict_text: expect.stringContaining('no longer stands where the last switch left it'),
    });
    await cycles(5);
    expect(harness.warehouse.value).toBe(60);
  });

  it('by a person who wants it reverted, in any block', async () => {
    await cycle();
    await untilBlock(await firstBlock(true));
    const { id } = await episode();
    expect(await post(`/episodes/${id}/revert`, { reason: 'no' })).toMatchObject({ status: 202 });
    await cycles((3 * BLOCK_MS) / 4_000);
    expect(await episode()).toMatchObject({ state: 'rolled_back', verdict: null });
    expect(harness.warehouse.value).toBe(OFF);
  });

  it('by a target that cannot be reached in time, and set on when it can', async () => {
    await cycle();
    const drawn = await order();
    await untilBlock(drawn.findIndex((isOn, block) => drawn[block + 1] !== isOn) + 1);
    harness.warehouse.fault = 'status_500';
    await cycle(BLOCK_MS);
    harness.warehouse.fault = 'none';
    await untilVerdict();
    expect(await episode()).toMatchObject({
      verdict: 'inconclusive:switchback_cut_short',
      verdict_text: expect.stringContaining('a switch could not be made in time'),
    });
    expect(harness.warehouse.value).toBe(ON);
  });
});

describe('a guardrail', () => {
  beforeEach(async () => {
    const [rule] = harness.rules;
    const guardrails = [{ signal: 'api_error_ratio', above: 0.1 }];
    harness.rules = [{ ...rule!, expect: { ...rule!.expect, guardrails } }];
    await harness.agent.reload();
    await cycle();
  });

  it.each([true, false])('ends it only while the action is on: %s', async (isOn) => {
    await untilBlock(await firstBlock(isOn));
    const labels = { job: 'warehouse' };
    harness.prometheus.signals.push({ signal: 'api_error_ratio', labels, value: '0.5', ageMs: 0 });
    await cycles(3);
    expect((await episode()).reverted?.by ?? null).toBe(isOn ? 'guardrail' : null);
  });
});

describe('an agent that is killed during a switchback', () => {
  it.each([1, 4, 6])('in block %i, goes on with it when it is back at once', async (block) => {
    await cycle();
    await untilBlock(block);
    await harness.killAgent();
    await harness.startAgent();
    await untilVerdict();
    expect((await episode()).verdict).toBe('improved');
    expect(harness.warehouse.value).toBe(ON);
  });

  it('for longer than a block, cuts it short and sets the action on', async () => {
    await cycle();
    await untilBlock(1);
    await harness.killAgent();
    await harness.clock.advance(3 * BLOCK_MS);
    await harness.startAgent();
    await untilVerdict();
    expect((await episode()).verdict).toBe('inconclusive:switchback_cut_short');
    expect(harness.warehouse.value).toBe(ON);
  });

  // Between any two rows of the journal, and with or without what was sent after the first of them.
  it.each(['applies_then_hangs', 'status_500'] as const)(
    'in the middle of any switch (%s) knows in the end where the knob stands',
    async (fault) => {
      await cycle();
      for (let kills = 0; kills < 8 && (await eventsOf('verified')).length === 0; kills++) {
        const switches = (await eventsOf('switch_started')).length;
        harness.warehouse.fault = fault;
        for (let turn = 0; turn < 20 && (await eventsOf('switch_started')).length === switches; turn++)
          await cycle();
        await harness.killAgent();
        harness.warehouse.fault = 'none';
        await harness.startAgent();
        await cycles(2);
      }
      await untilVerdict();
      await cycles(3);
      const last = (await eventsOf('switch_ended')).findLast(({ outcome }) => outcome === 'switched');
      expect(harness.warehouse.value).toBe(last?.to === 'off' ? OFF : ON);
      expect((await episode()).verdict).not.toBeNull();
      const keys = harness.warehouse.applied.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(await harness.journal.verifyChain()).toMatchObject({ intact: true });
    },
  );
});
