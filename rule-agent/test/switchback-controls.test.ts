import { afterEach, describe, expect, it } from '@jest/globals';
import { isLongRun } from '@evenkeel/toolkit/testing';
import { NOISES } from '../../test/bench/suites/verdicts/noise.ts';
import { Random } from '../../test/bench/suites/verdicts/random.ts';
import { AgentHarness } from './agent-harness.ts';
import { buildRule, T0 } from './build.ts';

/** Each with an order of its own. */
const RUNS = isLongRun() ? 20 : 3;
const TIMEOUT_MS = 300_000;
const BLOCK_MS = 60_000;
const POINTS = 900;
/** As slow as the demo is with its fault, and without. */
const [SICK, WELL] = [6, 0.03];

let harness: AgentHarness;
afterEach(() => harness.stop());

/** The latency of a warehouse second by second, by whether its knob is at 120. */
type Story = (second: number, isOn: boolean) => number;

/** Plays a switchback on a signal, and gives its verdict. */
async function verdictOn(story: Story, run: number): Promise<string> {
  harness = new AgentHarness();
  const { expect: expected } = buildRule();
  harness.rules = [
    buildRule({
      ...{
        holding: { steadyMs: 0 },
        version: `run-${run}`,
        target: { by: ['job'], match: { job: 'warehouse' } },
      },
      expect: { ...expected, settleMs: 30_000, windowMs: 30_000, switchback: 6 },
    }),
  ];
  const knob: { fromMs: number; isOn: boolean }[] = [];
  harness.prometheus.past = (query, atMs) => {
    const isOn = knob.findLast(({ fromMs }) => fromMs < atMs)?.isOn ?? false;
    return query.startsWith('evenkeel:signal:value{') ? story((atMs - T0) / 1_000, isOn) : undefined;
  };
  await harness.start();
  await harness.cycle();
  for (let turn = 0; turn < 16; turn++) {
    knob.push({ fromMs: harness.clock.now(), isOn: harness.warehouse.value === 120 });
    await harness.cycle(BLOCK_MS / 2);
  }
  const [{ verdict }] = await harness.items('episodes');
  await harness.stop();
  return verdict;
}

async function verdicts(storyOf: (run: number) => Story): Promise<string[]> {
  const found: string[] = [];
  for (let run = 0; run < RUNS; run++) found.push(await verdictOn(storyOf(run), run));
  return found;
}

/** A signal that is a mean over 30 seconds, with some noise that remembers. */
function noiseOf(run: number): Float64Array {
  return NOISES.ar_0_95!(new Random(4_000 + run), POINTS);
}

/** One in twenty may be wrong either way. */
function wrongOnes(found: readonly string[]): string[] {
  return found.filter((verdict) => !/^(no_effect|inconclusive:not_clear)$/.test(verdict));
}

describe('a switchback of the demo, at a faster clock', () => {
  it(
    'of an action that does nothing says so, or nothing',
    async () => {
      const found = await verdicts((run) => {
        const noise = noiseOf(run);
        return (second) => SICK * (1 + 0.03 * noise[second]!);
      });
      expect(wrongOnes(found).length).toBeLessThanOrEqual(1);
    },
    TIMEOUT_MS,
  );

  it(
    'of an action that does nothing while the fault heals by itself says so, or nothing',
    async () => {
      const found = await verdicts((run) => {
        const noise = noiseOf(run);
        const healsAt = new Random(9_000 + run).uniform() * 360;
        const left = (second: number) => Math.min(1, Math.max(0, 1 - (second - healsAt) / 30));
        return (second) => (WELL + (SICK - WELL) * left(second)) * (1 + 0.03 * noise[second]!);
      });
      expect(wrongOnes(found).length).toBeLessThanOrEqual(1);
    },
    TIMEOUT_MS,
  );

  it(
    'of one that works says that it helped',
    async () => {
      const found = await verdicts((run) => {
        const noise = noiseOf(run);
        return (second, isOn) => (isOn ? WELL : SICK) * (1 + 0.03 * noise[second]!);
      });
      expect(found).toEqual(Array(RUNS).fill('improved'));
    },
    TIMEOUT_MS,
  );
});
