import type { Guard } from './guard.ts';

const MOST_WORSENED = 2;
const MOST_USELESS = 3;

/** A rule that did harm twice, or nothing three times, on a target stops there until a person, or a new version, says otherwise. */
export const breaker = {
  name: 'breaker',
  phase: () => 'quarantined',
  objection({ match, track: { results } }) {
    if (results.ruleVersion !== match.rule.version) return undefined;
    if (results.worsened >= MOST_WORSENED) return 'its last actions here made things worse';
    if (results.useless >= MOST_USELESS) return 'its last actions here had no effect, or failed';
    return undefined;
  },
} as const satisfies Guard;
