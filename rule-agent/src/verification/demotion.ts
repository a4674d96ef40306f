import { type Evidence, evidenceOfRule, outcomesOf } from '../evidence/index.ts';
import { EVIDENCE, type RuleModeSet } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';

const ACTS = ['auto', 'approve'];

/** Sets a rule that acts to watch only, once its episodes together prove that it makes things worse, or no difference that counts. */
export function demotion(rule: Rule, { outcomes }: Pick<History, 'outcomes'>, at: number): RuleModeSet[] {
  const known = outcomesOf(rule, outcomes);
  const evidence = known && ACTS.includes(rule.mode) ? evidenceOfRule(known) : undefined;
  const because = evidence && reasonOf(evidence);
  if (because === undefined) return [];
  return [{ kind: 'rule_mode_set', at, rule: rule.name, mode: 'shadow', by: EVIDENCE, because }];
}

function reasonOf({ conclusion, treated, controls, eValue }: Evidence): string | undefined {
  const [its, others] = [`its ${treated} episodes`, `the ${controls} firings that were left alone`];
  if (conclusion === 'harms') {
    return `${its} went worse than ${others} (e-value ${Math.round(eValue)}, 20 is proof)`;
  }
  if (conclusion !== 'no_effect') return undefined;
  return `${its} went as ${others} did: whatever effect there is, it is too small to count`;
}
