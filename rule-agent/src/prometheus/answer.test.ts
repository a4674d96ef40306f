import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mutated } from '../../test/mutations.ts';
import { parseQueryAnswer } from './answer.ts';

const RECEIVED = 1_000_000;

function vector(value: string, extra: object = {}): string {
  return JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: { job: 'x' }, value: [1000, value] }] },
    ...extra,
  });
}

describe('parseQueryAnswer', () => {
  it('turns the text of a value into a number', () => {
    expect(parseQueryAnswer(vector('0.25'), RECEIVED)).toEqual({
      ok: true,
      receivedAtMs: RECEIVED,
      samples: [{ labels: { job: 'x' }, value: 0.25, atMs: 1_000_000 }],
    });
  });

  it.each(['NaN', '+Inf', '-Inf', '', ' ', 'zero'])('makes no number of %j', (text) => {
    const result = parseQueryAnswer(vector(text), RECEIVED);
    expect(result.ok && typeof result.samples[0]?.value).toBe('string');
  });

  it('keeps a native histogram from being taken for a number', () => {
    const text = JSON.stringify({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric: {}, histogram: [1, { count: '4' }] }] },
    });
    const result = parseQueryAnswer(text, RECEIVED);
    expect(result.ok && result.samples[0]?.value).toBe('a histogram');
  });

  it('reads a scalar as one series without labels', () => {
    const text = JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '2'] } });
    expect(parseQueryAnswer(text, RECEIVED)).toMatchObject({ ok: true, samples: [{ labels: {}, value: 2 }] });
  });

  it('refuses an answer with warnings, for it may cover a part of the data only', () => {
    const result = parseQueryAnswer(vector('1', { warnings: ['store b is down'] }), RECEIVED);
    expect(result).toEqual({ ok: false, fault: 'partial', because: 'Prometheus warned: store b is down' });
    expect(parseQueryAnswer(vector('1', { isPartial: true }), RECEIVED)).toMatchObject({ fault: 'partial' });
    expect(parseQueryAnswer(vector('1', { isPartial: false }), RECEIVED)).toMatchObject({ ok: true });
  });

  it('says what Prometheus refused', () => {
    const text = JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error' });
    expect(parseQueryAnswer(text, RECEIVED)).toEqual({
      ok: false,
      fault: 'query',
      because: 'Prometheus refused the query: parse error',
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['another shape', '{"status":"success","data":[]}'],
    ['a matrix', '{"status":"success","data":{"resultType":"matrix","result":[]}}'],
    [
      'values as numbers',
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}}',
    ],
  ])('answers %s with a reason', (_what, text) => {
    expect(parseQueryAnswer(text, RECEIVED)).toMatchObject({ ok: false });
  });

  it('never throws, and never lets a number through that is not finite', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((text) => vector(text)),
      mutated(JSON.parse(vector('1'))),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseQueryAnswer(text, RECEIVED);
        if (!result.ok) return;
        for (const { value } of result.samples) {
          expect(typeof value === 'string' || Number.isFinite(value)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
