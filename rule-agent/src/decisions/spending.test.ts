import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trackKey } from '../model/history.ts';
import { countAfter, sumUpStarts } from './spending.ts';

const starts = fc.array(
  fc.record({
    atMs: fc.nat(20),
    rule: fc.constantFrom('a', 'b'),
    targetKey: fc.constantFrom('{job="x"}', '{job="y"}'),
  }),
);

it('counts what a look at every start would count', () => {
  fc.assert(
    fc.property(starts, fc.nat(20), (all, sinceMs) => {
      const spending = sumUpStarts(all);
      const late = all.filter(({ atMs }) => atMs > sinceMs);
      expect(countAfter(spending.ofAgent, sinceMs)).toBe(late.length);
      for (const rule of ['a', 'b']) {
        const ofRule = late.filter((start) => start.rule === rule);
        expect(countAfter(spending.ofRule.get(rule) ?? [], sinceMs)).toBe(ofRule.length);
        for (const targetKey of ['{job="x"}', '{job="y"}']) {
          const ofTarget = ofRule.filter((start) => start.targetKey === targetKey);
          const times = spending.ofTarget.get(trackKey(rule, targetKey)) ?? [];
          expect(countAfter(times, sinceMs)).toBe(ofTarget.length);
        }
      }
    }),
  );
});
