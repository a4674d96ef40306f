import type { RuleModeSet } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { evidenceOf } from '../evidence/index.ts';

/** Who sets a rule to watch only, when it is proven to do harm. A person may set it to act again. */
export const EVIDENCE = 'evidence';

const ACTS = ['auto', 'approve'];

/** Sets a rule that acts to watch only, once its episodes together prove that it makes things worse. */
export function demotion(rule: Rule, { outcomes }: Pick<History, 'outcomes'>, at: number): RuleModeSet[] {
  const known = outcomes.get(rule.name);
  if (known?.ruleVersion !== rule.version || !ACTS.includes(rule.mode)) return [];
  const evidence = evidenceOf(
    known.treated,
    known.controls.map(({ errorPerSpread }) => errorPerSpread),
  );
  if (evidence?.conclusion !== 'harms') return [];
  const because =
    `its ${evidence.treated} episodes went worse than the ${evidence.controls} firings that were left alone ` +
    `(e-value ${Math.round(evidence.eValue)}, 20 is proof)`;
  return [{ kind: 'rule_mode_set', at, rule: rule.name, mode: 'shadow', by: EVIDENCE, because }];
}
