import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mutated } from '../../test/mutations.ts';
import { parseQueryAnswer, VectorReader } from './answer.ts';
import { AnswerCutter } from './cut-answer.ts';
import { SeriesLabels } from './series-labels.ts';

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

describe('an answer of megabytes', () => {
  const tricky = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('},{"metric":', ',"value":[', '"]}', '\\', '"result":[', '],', 'a,"'),
  );
  const element = fc.oneof(
    fc.record({
      metric: fc.dictionary(fc.constantFrom('job', 'value', 'metric', 'result'), tricky),
      value: fc.tuple(fc.integer({ min: 0, max: 2e9 }), fc.constantFrom('1', '0.5', 'NaN', '-1e-3')),
    }),
    fc.record({ metric: fc.dictionary(fc.constant('job'), tricky), histogram: fc.constant([1, {}]) }),
  );

  it('is cut between its elements and nowhere else, whatever is in its labels', () => {
    fc.assert(
      fc.property(fc.array(element), fc.nat(200), fc.integer({ min: 1, max: 500 }), (result, size, part) => {
        const text = JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
        const cutter = new AnswerCutter(size);
        const cut = partsOf(text, part)
          .flatMap((each) => [...cutter.add(each)])
          .flatMap((piece) => JSON.parse(`[${piece}]`) as unknown[]);
        const last = (JSON.parse(cutter.rest()) as { data: { result: unknown[] } }).data.result;
        expect([...cut, ...last]).toEqual(JSON.parse(JSON.stringify(result)));
      }),
    );
  });

  it('is read as a small one is, the first time and every time after', () => {
    const known = new SeriesLabels();
    fc.assert(
      fc.property(fc.array(element, { minLength: 1 }), (few) => {
        // Many times over, so that it is cut.
        const result = Array.from({ length: Math.ceil(4_000 / few.length) }, () => few).flat();
        const text = JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
        const one = (single: unknown) =>
          parseQueryAnswer(
            JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [single] } }),
            RECEIVED,
          );
        const reader = new VectorReader(known);
        for (const part of partsOf(text, 65_536)) reader.add(part);
        const read = reader.end(RECEIVED);
        const expected = few.map((single) => {
          const parsed = one(single);
          return parsed.ok ? parsed.samples[0] : undefined;
        });
        expect(read.ok && read.samples.length).toBe(result.length);
        expect(read.ok && read.samples.slice(0, few.length)).toEqual(expected);
        expect(read.ok && read.samples.slice(-few.length)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when an element in the middle is not what Prometheus answers', () => {
    const good = { metric: { job: 'x' }, value: [1, '2'] };
    for (const bad of [
      { metric: { job: 1 }, value: [1, '2'] },
      { metric: [], value: [1, '2'] },
      { value: [1, '2'] },
    ]) {
      const result = [
        ...Array.from({ length: 5_000 }, () => good),
        bad,
        ...Array.from({ length: 5_000 }, () => good),
      ];
      const text = JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
      expect(parseQueryAnswer(text, RECEIVED)).toMatchObject({ ok: false, fault: 'nonsense' });
    }
  });
});

it('cuts what Prometheus says of a refused query: it goes into answers, the log and the journal', () => {
  const text = JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'x'.repeat(100_000) });
  const result = parseQueryAnswer(text, 0) as { because: string };
  expect(result.because).toMatch(/^Prometheus refused the query: x+/);
  expect(result.because.length).toBeLessThan(400);
});

function partsOf(text: string, characters: number): string[] {
  const count = Math.ceil(text.length / characters);
  return Array.from({ length: count }, (_, part) => text.slice(part * characters, (part + 1) * characters));
}
