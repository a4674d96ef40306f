import type { Comparison, Condition, ConditionGroup, Rule } from '../model/rule.ts';

export interface PlacedComparison {
  comparison: Comparison;
  /** Where it stands below its group. */
  path: readonly (string | number)[];
  /** The facts it reads, the compared one first. */
  facts: readonly string[];
}

/** Every comparison of a condition, with its place. */
export function comparisonsOf(
  condition: Condition,
  path: readonly (string | number)[] = [],
): PlacedComparison[] {
  if ('fact' in condition) return [{ comparison: condition, path, facts: factsOf(condition) }];
  if ('not' in condition) return comparisonsOf(condition.not, [...path, 'not']);
  const [key, members] = 'all' in condition ? ['all', condition.all] : ['any', condition.any];
  return members.flatMap((member, index) => comparisonsOf(member, [...path, key, index]));
}

/** Every comparison of a rule, those of `when` first. */
export function comparisonsOfRule({ when, clear }: Pick<Rule, 'when' | 'clear'>): PlacedComparison[] {
  const groups: ConditionGroup[] = clear === undefined ? [when] : [when, clear];
  return groups.flatMap((group) => comparisonsOf(group));
}

/** The facts without which a rule cannot be judged. Facts that no condition reads are kept for the record only. */
export function requiredFacts(rule: Pick<Rule, 'when' | 'clear'>): string[] {
  return [...new Set(comparisonsOfRule(rule).flatMap(({ facts }) => facts))];
}

function factsOf({ fact, value }: Comparison): string[] {
  return typeof value === 'object' && 'fact' in value ? [fact, value.fact] : [fact];
}
