import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildMatch, buildRule, T0 } from '../../test/build.ts';
import type { RuleOutcomes } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import { orderByUrgency } from './arbitration.ts';

const NAMES = ['a', 'b', 'B', 'c'];
const TARGETS = ['{job="1"}', '{job="2"}', '{job="É"}', '{job="z"}'];

/** Two firings that were left alone, and an episode that went so much better. */
function outcomesOf(gains: readonly (readonly [string, number])[], ruleVersion = buildRule().version) {
  const controls = [-0.2, 0.2].map((errorPerSpread) => ({ atMs: T0, targetKey: 'x', errorPerSpread }));
  return new Map(
    gains.map(([name, errorPerSpread]): [string, RuleOutcomes] => [
      name,
      { ruleVersion, controls, treated: [0, 0].map(() => ({ errorPerSpread, spreadInSigmas: 1 })) },
    ]),
  );
}

/** One candidate after the other, as the documentation has it. */
function byEverything(gains: ReadonlyMap<string, number>) {
  const keysOf = ({ rule, targetKey }: Match) => [
    rule.priority,
    -(gains.get(rule.name) ?? 0),
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
      const built = those.map((one) => buildRule(one));
      const matches = pairs.map(([rule, targetKey]) => buildMatch({ rule: built[rule]!, targetKey }));
      const ordered = orderByUrgency(matches, { outcomes: outcomesOf(gained) });
      expect(ordered).toEqual(matches.toSorted(byEverything(new Map(gained))));
    }),
  );
});

it('does not hold against a rule, or for it, what another version of it gained', () => {
  const matches = ['a', 'b'].map((name) => buildMatch({ rule: buildRule({ name }) }));
  const first = (outcomes: ReadonlyMap<string, RuleOutcomes>) =>
    orderByUrgency(matches, { outcomes })[0]!.rule.name;
  expect(first(outcomesOf([['b', 0.5]]))).toBe('b');
  expect(first(outcomesOf([['b', 0.5]], 'bbbbbbbbbbbb'))).toBe('a');
});
