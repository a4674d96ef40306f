import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildMatch, buildRule } from '../../test/build.ts';
import type { Match } from '../model/match.ts';
import { orderByUrgency } from './arbitration.ts';

const NAMES = ['a', 'b', 'B', 'c'];
const TARGETS = ['{job="1"}', '{job="2"}', '{job="É"}', '{job="z"}'];

/** One candidate after the other, as the documentation has it. */
function byEverything(gains: ReadonlyMap<string, { mean: number }>) {
  const keysOf = ({ rule, targetKey }: Match) => [
    rule.priority,
    -(gains.get(rule.name)?.mean ?? 0),
    rule.name,
    targetKey,
  ];
  return (a: Match, b: Match) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    const first = left.findIndex((key, index) => key !== right[index]);
    return first === -1 ? 0 : left[first]! < right[first]! ? -1 : 1;
  };
}

it('asks by priority, then gain, then name, then target, in whatever order they come', () => {
  const rules = fc.tuple(
    ...NAMES.map((name) =>
      fc.record({ name: fc.constant(name), priority: fc.constantFrom(1 as const, 2 as const, 3 as const) }),
    ),
  );
  const gains = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(-0.5, 0, 0.5)));
  const places = fc.uniqueArray(fc.tuple(fc.nat(NAMES.length - 1), fc.constantFrom(...TARGETS)), {
    selector: String,
  });
  fc.assert(
    fc.property(rules, gains, places, (those, gained, pairs) => {
      const history = { gains: new Map(gained.map(([name, mean]) => [name, { episodes: 1, mean }])) };
      const built = those.map((one) => buildRule(one));
      const matches = pairs.map(([rule, targetKey]) => buildMatch({ rule: built[rule]!, targetKey }));
      expect(orderByUrgency(matches, history)).toEqual(matches.toSorted(byEverything(history.gains)));
    }),
  );
});
