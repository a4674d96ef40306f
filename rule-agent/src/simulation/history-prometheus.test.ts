import { describe, expect, it } from '@jest/globals';
import { partsOfSignals, SIGNAL_QUERY } from '../facts/index.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { failure } from '../prometheus/failure.ts';
import type { Range } from '../prometheus/range.ts';
import { historyPrometheus } from './history-prometheus.ts';
import { seriesPrometheus } from './series-prometheus.ts';

const STEP_MS = 15_000;
const LAST_MS = 100 * STEP_MS;
const SIGNALS = { values: ['latency'], zscores: [] };

/** A source with one series that counts its steps, and leaves every seventh out with the mark of its end. */
function countingSource() {
  const asked: { promql: string; range: Range }[] = [];
  const samples = Array.from({ length: 101 }, (_, step) => ({
    atMs: step * STEP_MS,
    value: step % 7 === 0 ? ('stale' as const) : step,
  }));
  const series = [{ promql: 'steps', series: { labels: { job: 'a' }, samples } }];
  const answers = seriesPrometheus({ signals: [], expressions: series }, { now: () => LAST_MS });
  const source: Prometheus = {
    query: () => Promise.reject(new Error('the present is of no interest')),
    queryRange(promql, range) {
      asked.push({ promql, range });
      return answers.queryRange(promql, range);
    },
  };
  return { source, asked };
}

function pastOf(source: Prometheus) {
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const options = {
    clock,
    stepMs: STEP_MS,
    toMs: LAST_MS,
    signals: SIGNALS,
    maxAgeMs: 60_000,
    chunkSteps: 40,
  };
  return { clock, past: historyPrometheus({ source, ...options }) };
}

describe('a past', () => {
  it('is answered step by step as it was, in as many requests as there are chunks of it', async () => {
    const { source, asked } = countingSource();
    const { clock, past } = pastOf(source);
    for (; clock.nowMs <= LAST_MS; clock.nowMs += STEP_MS) {
      const step = clock.nowMs / STEP_MS;
      const value = { labels: { job: 'a' }, value: step, atMs: clock.nowMs };
      expect(await past.query('steps')).toEqual({
        ok: true,
        samples: step % 7 === 0 ? [] : [value],
        receivedAtMs: clock.nowMs,
      });
    }
    expect(asked.map(({ range }) => [range.fromMs / STEP_MS, range.toMs / STEP_MS])).toEqual([
      [0, 39],
      [40, 79],
      [80, 100],
    ]);
  });

  it('is asked for the signals that are looked at only', async () => {
    const { source, asked } = countingSource();
    await pastOf(source).past.query(SIGNAL_QUERY);
    expect(asked.slice(0, 7).map(({ promql }) => promql)).toEqual(
      partsOfSignals(SIGNALS, 60_000).map(({ promql }) => promql),
    );
  });

  it('does not give away what was still to come', async () => {
    const { clock, past } = pastOf(countingSource().source);
    clock.nowMs = 3 * STEP_MS;
    const result = await past.queryRange('steps', { fromMs: 0, toMs: LAST_MS, stepMs: STEP_MS });
    expect(result).toMatchObject({ ok: true, grid: { points: 4 } });
  });

  it('that cannot be read is an error: it might have been read then', async () => {
    const source = {
      ...countingSource().source,
      queryRange: () => Promise.resolve(failure('down', 'connection refused')),
    };
    await expect(pastOf(source).past.query('steps')).rejects.toMatchObject({
      code: 'HISTORY_UNREADABLE',
      message: 'the past cannot be read: connection refused',
    });
  });

  it('has a refusal at the moments at which the query is refused, and answers at all others', async () => {
    const { source, asked } = countingSource();
    const isRefused = (step: number) => step === 17 || step === 18 || step === 55;
    const refusing: Prometheus = {
      ...source,
      queryRange(promql, range) {
        const steps = Array.from({ length: 101 }, (_, step) => step * STEP_MS);
        const within = steps.filter((ms) => ms >= range.fromMs && ms <= range.toMs);
        const refused = within.some((ms) => isRefused(ms / STEP_MS));
        return refused ? Promise.resolve(failure('query', 'one too many')) : source.queryRange(promql, range);
      },
    };
    const { clock, past } = pastOf(refusing);
    const refusals: number[] = [];
    for (; clock.nowMs <= LAST_MS; clock.nowMs += STEP_MS) {
      const step = clock.nowMs / STEP_MS;
      const answer = await past.query('steps');
      if (!answer.ok) refusals.push(step);
      else expect(answer.samples.map(({ value }) => value)).toEqual(step % 7 === 0 ? [] : [step]);
    }
    expect(refusals).toEqual([17, 18, 55]);
    expect(asked.length).toBeLessThan(20);
  });

  it('that is refused at one moment after the other is an error: the query may be wrong', async () => {
    const refuse = () => Promise.resolve(failure('query', 'parse error'));
    const { clock, past } = pastOf({ ...countingSource().source, queryRange: refuse });
    const asking = async () => {
      for (; clock.nowMs <= LAST_MS; clock.nowMs += STEP_MS) await past.query('steps');
    };
    await expect(asking()).rejects.toMatchObject({
      code: 'HISTORY_UNREADABLE',
      hint: 'the query was: steps',
    });
    expect(clock.nowMs / STEP_MS).toBeLessThan(20);
  });

  it('has no answer between its steps', async () => {
    const { clock, past } = pastOf(countingSource().source);
    clock.nowMs = 1;
    await expect(past.query('steps')).rejects.toThrow(RangeError);
  });
});
