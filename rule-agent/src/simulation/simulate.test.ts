import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildRule, POLICY, T0, warehouse } from '../../test/build.ts';
import { partsOfSignals, SIGNAL_PART, SIGNAL_QUERY } from '../facts/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { RangeSeries } from '../prometheus/range.ts';
import { historyPrometheus } from './history-prometheus.ts';
import { seriesPrometheus, type WrittenSeries } from './series-prometheus.ts';
import { simulate, type Simulation } from './simulate.ts';
import { simulatedAction } from './simulated-action.ts';

const STEP_MS = 15_000;
const LATENCY = 'api_latency_p95_seconds';
const READ = { signals: { values: [LATENCY], zscores: [] }, maxAgeMs: POLICY.maxAgeMs };

function latencyOf(values: readonly (number | 'stale')[]): WrittenSeries {
  const samples = values.map((value, step) => ({ atMs: T0 + step * STEP_MS, value }));
  return { signals: [{ signal: LATENCY, value: { labels: warehouse, samples } }], expressions: [] };
}

async function play(values: readonly (number | 'stale')[], simulation: Partial<Simulation> = {}) {
  const written = latencyOf(values);
  const events: JournalEvent[] = [];
  const all: Simulation = {
    rules: [buildRule({ holding: { steadyMs: 30_000 } })],
    policy: POLICY,
    ...{ fromMs: T0, toMs: T0 + (values.length - 1) * STEP_MS, intervalMs: STEP_MS },
    prometheus: (clock) => seriesPrometheus(written, clock),
    action: simulatedAction(new Set()),
    ...simulation,
  };
  for await (const turn of simulate(all)) events.push(...turn.events);
  return events;
}

const secondsOf = (events: readonly JournalEvent[]) =>
  events.map(({ at, kind }) => [(at - T0) / 1000, kind] as const);

describe('a simulation', () => {
  it('plays the agent: a condition that holds, an action, its verdict, and the time in which it rests', async () => {
    const events = await play([1, 3, 3, 3, 0.5, 0.5, 3, 3, 3]);
    expect(secondsOf(events)).toEqual([
      [15, 'firing_started'],
      [45, 'decided'],
      [45, 'started'],
      [45, 'finished'],
      [75, 'verified'],
      [90, 'firing_started'],
      [120, 'suppressed'],
    ]);
  });

  it('has systems that refuse, and people who do something before a turn', async () => {
    const pause = { id: 'p', reason: 'stocktaking', createdBy: 'ann', createdAt: T0, endsAt: T0 + 50_000 };
    const events = await play([3, 3, 3, 3, 3], {
      action: simulatedAction(new Set(['warehouse'])),
      people: (_history, nowMs) => (nowMs === T0 ? [{ kind: 'pause_created', at: T0, pause }] : []),
    });
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['pause_created', 'firing_started', 'suppressed'],
      ...['decided', 'finished'],
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'failed', because: expect.stringContaining('refuses') });
  });

  it('comes to the same from written series and from the ranges of a past, whatever the chunks are', async () => {
    const step = fc.constantFrom(0.5, 3, 'stale' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        async (values, chunkSteps) => {
          const fromRanges = await play(values, {
            prometheus: (clock) =>
              historyPrometheus({
                ...{ source: pastOf(latencyOf(values)), clock, chunkSteps },
                ...{ stepMs: STEP_MS, toMs: T0 + (values.length - 1) * STEP_MS, ...READ },
              }),
          });
          expect(fromRanges).toEqual(await play(values));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends with the error of a past that cannot be read', async () => {
    const prometheus = (): Prometheus => ({
      query: () => Promise.reject(new Error('gone')),
      queryRange: () => Promise.reject(new Error('gone')),
    });
    await expect(play([1], { prometheus })).rejects.toThrow('gone');
  });
});

/** It knows no PromQL: a part of the signals is that part of the answer for all of them. */
function pastOf(written: WrittenSeries): Prometheus {
  const answers = seriesPrometheus(written, { now: () => Infinity });
  const parts = new Map(
    partsOfSignals(READ.signals, READ.maxAgeMs).map(({ promql, part }) => [promql, part] as const),
  );
  return {
    ...answers,
    async queryRange(promql, range) {
      const all = await answers.queryRange(SIGNAL_QUERY, range);
      const isPart = ({ labels }: RangeSeries) => labels[SIGNAL_PART] === parts.get(promql);
      return all.ok ? { ...all, series: all.series.filter(isPart) } : all;
    },
  };
}
