import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pickLabels, targetKey } from '../model/target.ts';
import { TargetNames } from './target-names.ts';

const NAMES = ['job', 'instance', 'site'];
const labels = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('a', 'ab', 'b', '1:a', ''), {
  maxKeys: 3,
});
const by = fc.shuffledSubarray(NAMES, { minLength: 1 });

it('names a target as its labels do, and always by the same object', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(labels, by)), (asked) => {
      const names = new TargetNames();
      for (const [given, some] of asked) {
        const target = pickLabels(given, some);
        const named = names.of(given, some);
        expect(named).toEqual(target && { target, targetKey: targetKey(target) });
        expect(names.of({ ...given }, some)).toBe(named);
      }
    }),
  );
});
