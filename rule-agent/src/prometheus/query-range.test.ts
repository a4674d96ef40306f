import { ManualClock } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answered, type RangeLimits, RangeServer, type ServedSeries } from '../../test/range-server.ts';
import type { HttpAnswer, HttpClient } from '../http/client.ts';
import type { Labels } from '../model/target.ts';
import { createPrometheus } from './client.ts';
import { type Range, type RangeResult, valueAt } from './range.ts';

const DAY_MS = 86_400_000;
const STEP_MS = 15_000;
const FROM_MS = Date.UTC(2026, 10, 1);

function over(http: HttpClient) {
  const prometheus = createPrometheus({ url: 'http://prometheus', http, clock: new ManualClock() });
  return (range: Partial<Range> = {}) =>
    prometheus.queryRange('up', { fromMs: FROM_MS, toMs: FROM_MS + DAY_MS, stepMs: STEP_MS, ...range });
}

/** Each point as a line of text: there are many, and lines are compared quickly. */
function pointsOf(result: RangeResult): string[] {
  if (!result.ok) throw new Error(result.because);
  const { grid, series } = result;
  return series
    .flatMap((one) =>
      Array.from({ length: grid.points }, (_, point) => {
        const value = valueAt(one, point);
        return value === undefined ? '' : lineOf(one.labels, grid.startMs + point * grid.stepMs, value);
      }),
    )
    .filter((line) => line !== '')
    .sort();
}

function lineOf({ job = '' }: Labels, ms: number, value: number | string): string {
  return `${job} ${ms} ${value}`;
}

/** What has a point now and then, so that a hole or a double one at a border would show. */
const patchy: ServedSeries = {
  metric: { job: 'a' },
  at: (ms) => (ms % (7 * STEP_MS) === 0 ? undefined : String(ms)),
};
const short: ServedSeries = {
  metric: { job: 'b' },
  at: (ms) => (ms > FROM_MS + DAY_MS / 2 ? '0.5' : undefined),
};

function expected(series: readonly ServedSeries[], { fromMs, toMs, stepMs }: Range): string[] {
  const lines: string[] = [];
  for (let ms = Math.ceil(fromMs / stepMs) * stepMs; ms <= toMs; ms += stepMs) {
    for (const { metric, at } of series) {
      const value = at(ms);
      if (value !== undefined) lines.push(lineOf(metric, ms, Number(value)));
    }
  }
  return lines.sort();
}

describe('a range', () => {
  it('of 4 days at 15 s comes in pieces of at most 11,000 points, without a hole or a point twice', async () => {
    const server = new RangeServer([patchy, short]);
    const range = { fromMs: FROM_MS, toMs: FROM_MS + 4 * DAY_MS, stepMs: STEP_MS };
    expect(pointsOf(await over(server)(range))).toEqual(expected([patchy, short], range));
    expect(server.asked.map(({ points }) => points)).toEqual([11_000, 11_000, 1_041]);
  });

  it.each<[string, Partial<RangeLimits>]>([
    ['would load too many samples', { samples: 1_000 }],
    ['is larger than what is read', { bytes: 50_000 }],
    ['takes too long', { inTime: 1_000 }],
  ])('is asked for in smaller pieces when one %s', async (_what, limits) => {
    const server = new RangeServer([patchy, short], limits);
    const range = { fromMs: FROM_MS, toMs: FROM_MS + DAY_MS, stepMs: STEP_MS };
    expect(pointsOf(await over(server)(range))).toEqual(expected([patchy, short], range));
    // It does not begin with pieces that are too large again.
    const sizes = server.asked.map(({ points }) => points);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('is the same whatever the limits are', async () => {
    const values = fc.array(fc.option(fc.constantFrom('1', '0.5', '-3e-7'), { nil: undefined }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(values, { minLength: 1, maxLength: 3 }),
        fc.record({
          fromMs: fc.nat(100_000),
          lasts: fc.nat(60_000),
          stepMs: fc.integer({ min: 1_000, max: 9_000 }),
        }),
        fc.record({ samples: fc.integer({ min: 3, max: 200 }), bytes: fc.integer({ min: 400, max: 9_000 }) }),
        async (rows, { fromMs, lasts, stepMs }, limits) => {
          const series = rows.map((row, index): ServedSeries => ({
            metric: { job: String(index) },
            at: (ms) => row[((ms / 1000) % row.length) | 0],
          }));
          const range = { fromMs, toMs: fromMs + lasts, stepMs };
          const found = pointsOf(await over(new RangeServer(series, limits))(range));
          expect(found).toEqual(expected(series, range));
        },
      ),
    );
  });

  it('begins and ends at multiples of its step, as caches and VictoriaMetrics would move it', async () => {
    const server = new RangeServer([{ metric: {}, at: String }]);
    const result = await over(server)({ fromMs: 14_999, toMs: 45_001 });
    expect(server.asked).toEqual([{ startMs: 15_000, points: 3 }]);
    expect(pointsOf(result)).toEqual([15_000, 30_000, 45_000].map((ms) => lineOf({}, ms, ms)));
  });

  it('in which there is no point asks nothing', async () => {
    const server = new RangeServer([patchy]);
    expect(await over(server)({ fromMs: 1, toMs: 14_999 })).toMatchObject({ ok: true, series: [] });
    expect(server.asked).toEqual([]);
  });
});

describe('a range that cannot be read', () => {
  it('is a failure with its reason when not even one point can be answered', async () => {
    const result = await over(new RangeServer([patchy, short], { samples: 1 }))();
    expect(result).toEqual({
      ok: false,
      fault: 'query',
      because:
        'Prometheus refused the query: query processing would load too many samples into memory in query execution, not even for one point',
    });
  });

  it('leaves a server that hangs alone after four requests', async () => {
    const server = new RangeServer([patchy], { inTime: 0 });
    expect(await over(server)()).toMatchObject({ ok: false, fault: 'timeout' });
    expect(server.asked.map(({ points }) => points)).toEqual([5_761, 2_881, 1_441, 721]);
  });

  it('is given up at once when Prometheus is away, or has had too many requests', async () => {
    const sent: string[] = [];
    const answering = (answer: HttpAnswer): HttpClient => ({
      send: ({ url }) => Promise.resolve((sent.push(url), answer)),
      close: () => Promise.resolve(),
    });
    const away = await over(answering({ kind: 'failed', because: 'connection refused' }))();
    expect(away).toMatchObject({ fault: 'down' });
    const limited = '{"status":"error","errorType":"too_many","error":"request rate limit exceeded"}';
    expect(await over(answering(answered(429, limited)))()).toMatchObject({ fault: 'no_access' });
    const mistake = '{"status":"error","errorType":"bad_data","error":"parse error"}';
    expect(await over(answering(answered(400, mistake)))()).toMatchObject({ fault: 'query' });
    expect(sent).toEqual(Array(3).fill('http://prometheus/api/v1/query_range'));
  });

  it('has more series than there is room for', async () => {
    const once = (ms: number) => (ms === FROM_MS ? '1' : undefined);
    const many = Array.from({ length: 70 }, (_, index) => ({ metric: { job: String(index) }, at: once }));
    const range = { fromMs: FROM_MS, toMs: FROM_MS + 28 * DAY_MS };
    expect(await over(new RangeServer(many))(range)).toEqual({
      ok: false,
      fault: 'query',
      because: 'more than 62 series of 161281 points: ask for fewer series, a shorter time or a longer step',
    });
  });
});
