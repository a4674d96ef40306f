import type { Match } from '../model/match.ts';

/** The part that all events of a rule on a target have. */
export function ofTarget({ rule, target, targetKey }: Match, nowMs: number) {
  return { at: nowMs, rule: rule.name, ruleVersion: rule.version, target, targetKey };
}
