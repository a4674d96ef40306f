import { describe, expect, it } from '@jest/globals';
import { T0 } from '../../test/build.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { readBaselineProgress } from './baseline-progress.ts';

const HOUR_MS = 3_600_000;
const shop = { job: 'shop' };

const answerOf = (...samples: [Record<string, string>, number | string][]): QueryResult => ({
  ...{ ok: true, receivedAtMs: T0 },
  samples: samples.map(([labels, value]) => ({ labels, value, atMs: T0 })),
});

/** A day of which 1152 minutes have to be there. */
const TERMS = answerOf(
  [{ __name__: 'evenkeel:baseline:range_seconds' }, 86_400],
  [{ __name__: 'evenkeel:baseline:points_needed' }, 1_152],
);

async function progress(terms: QueryResult, counted: QueryResult) {
  const asked: string[] = [];
  const ask = (promql: string) => Promise.resolve(asked.push(promql) === 1 ? terms : counted);
  const of = await readBaselineProgress(['latency', 'a"b.c'], ask);
  return { asked, of: of('latency', shop) };
}

const pointsOf = (points: number | string, labels: Record<string, string> = shop) =>
  answerOf([{ ...labels, signal: 'latency', reference: 'day', domain: 'api' }, points]);

describe('how far a baseline has come', () => {
  it('is its points out of those that it needs, and the time until the others can be there', async () => {
    const { asked, of } = await progress(TERMS, pointsOf(1_032));
    expect(of).toEqual({ points: 1_032, needed: 1_152, readyAtMs: T0 + 2 * HOUR_MS });
    expect(asked[1]).toBe(
      'count_over_time(evenkeel:reference:deviation{reference="day", signal=~"latency|a\\"b\\\\.c"}[86400s])',
    );
  });

  it('is complete when all are there, though it has not been said yet', async () => {
    const { of } = await progress(TERMS, pointsOf(1_300));
    expect(of).toEqual({ points: 1_300, needed: 1_152, readyAtMs: T0 });
  });

  it.each([
    { when: 'Prometheus fails', counted: failed('timed out'), why: 'timed out' },
    { when: 'Prometheus fails at once', terms: failed('no access'), why: 'no access' },
    { when: 'the rules are older', terms: answerOf(), why: 'Prometheus does not have' },
    { when: 'two sets of rules say different things', terms: twice(), why: 'once each' },
    { when: 'what is needed is no number', terms: answerOf(...withNeeded('NaN')), why: 'once each' },
    {
      when: 'there is no point',
      counted: pointsOf(5, { job: 'other' }),
      why: 'there are no points of it yet',
    },
    { when: 'several series fit', counted: several(), why: 'several series fit the target' },
  ])('is not known when $when', async ({ terms = TERMS, counted = pointsOf(5), why }) => {
    const { of } = await progress(terms, counted);
    expect(of).toEqual({ because: expect.stringContaining(why) });
  });
});

function failed(because: string): QueryResult {
  return { ok: false, fault: 'timeout', because };
}

function withNeeded(value: number | string): [Record<string, string>, number | string][] {
  return [
    [{ __name__: 'evenkeel:baseline:range_seconds' }, 86_400],
    [{ __name__: 'evenkeel:baseline:points_needed' }, value],
  ];
}

function twice(): QueryResult {
  return answerOf(...withNeeded(1_152), ...withNeeded(360));
}

function several(): QueryResult {
  return answerOf(
    [{ ...shop, signal: 'latency', route: '/a' }, 5],
    [{ ...shop, signal: 'latency', route: '/b' }, 5],
  );
}
