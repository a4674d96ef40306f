import { mean } from 'simple-statistics';
import type { RuleOutcomes } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { type Evidence, evidenceOf } from './evidence.ts';

/** What is known of a rule as it is; what another version of it did says nothing of this one. */
export function outcomesOf(
  { name, version }: Pick<Rule, 'name' | 'version'>,
  outcomes: ReadonlyMap<string, RuleOutcomes>,
): RuleOutcomes | undefined {
  const known = outcomes.get(name);
  return known?.ruleVersion === version ? known : undefined;
}

/** What a rule's episodes and its firings that were left alone say together. An effect counts from the mean of what counted in its episodes. */
export function evidenceOfRule({ treated, controls }: RuleOutcomes): Evidence | undefined {
  const minimum = meanOfKnown(treated.map(({ minimumPerSpread }) => minimumPerSpread));
  const [acted, left] = [treated, controls].map((all) => all.map(({ errorPerSpread }) => errorPerSpread));
  return evidenceOf(acted!, left!, minimum);
}

/** One spread of a rule's episodes in standard deviations of its signal; undefined without an episode that has it. */
export function spreadInSigmas({ treated }: RuleOutcomes): number | undefined {
  return meanOfKnown(treated.map((episode) => episode.spreadInSigmas));
}

function meanOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : mean(known);
}
