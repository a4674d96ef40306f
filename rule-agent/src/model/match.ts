import type { Fact } from './fact.ts';
import type { Rule } from './rule.ts';
import type { Target } from './target.ts';

/**
 * What the conditions say of one target: `firing` (when is true), `clear`, `between` the two, or `unknown` because a
 * required fact is not ok.
 */
export type MatchOutcome = 'firing' | 'clear' | 'between' | 'unknown';

export interface Match {
  rule: Rule;
  target: Target;
  targetKey: string;
  facts: Readonly<Record<string, Fact>>;
  outcome: MatchOutcome;
  /** Why it is unknown; empty otherwise. */
  because: string;
}
