import { describe, expect, it } from '@jest/globals';
import { buildRule } from '../../test/build.ts';
import { partsOfSignals, signalsReadBy } from './signal-past.ts';

describe('the past of signals', () => {
  it('is asked for of those that a rule reads, expects to move or must not make worse', () => {
    const rule = buildRule({ facts: { far: { signal: 'c', reading: 'zscore' }, own: { promql: 'x' } } });
    const expect_ = { ...rule.expect, signal: 'b', guardrails: [{ signal: 'a', above: 1 }, { signal: 'c' }] };
    expect(signalsReadBy([{ ...rule, expect: expect_ }])).toEqual({
      values: ['a', 'b', 'c'],
      zscores: ['c'],
    });
  });

  it('is asked for in parts, whatever the names of the signals hold', () => {
    const parts = partsOfSignals({ values: ['a', 'b.c"d'], zscores: ['a'] }, 60_000);
    expect(parts.map(({ part }) => part)).toEqual([
      ...['value', 'value_newest', 'value_at', 'zscore', 'zscore_newest', 'zscore_at'],
      ...['ready', 'ready_newest', 'ready_at', undefined],
    ]);
    expect(parts[0]!.promql).toBe('evenkeel:signal:value{signal=~"a|b\\\\.c\\"d"}');
    const far = 'evenkeel:baseline:zscore{signal=~"a"}';
    expect(parts[5]!.promql).toBe(`(${far} unless present_over_time(${far}[60001ms])) * 0`);
    expect(partsOfSignals({ values: ['a'], zscores: [] }, 60_000).length).toBe(7);
  });
});
