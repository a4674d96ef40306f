import { observeBaseline } from '../../facts/index.ts';
import type { Fact } from '../../model/fact.ts';
import type { Rule } from '../../model/rule.ts';
import type { Guard } from './guard.ts';

const KEY = '; with when_learning: act the rule does not wait for it';

/** Signals whose baseline is still learning: nobody can say yet what is normal for them. */
export const learning = {
  name: 'learning',
  objection({ match: { rule, target } }, { facts, policy }) {
    // What only watches does no harm, and is watched to learn what it would do.
    if (rule.whenLearning === 'act' || rule.mode === 'shadow') return undefined;
    const [first] = unreadyBaselines(rule, (signal) =>
      observeBaseline(facts.signals, { signal, target, maxAgeMs: policy.maxAgeMs }),
    );
    if (first === undefined) return undefined;
    const { signal, ready } = first;
    return ready.status === 'ok'
      ? `the baseline of ${signal} is still learning${KEY}`
      : `nothing is known of the baseline of ${signal}${KEY}`;
  },
} as const satisfies Guard;

export interface UnreadyBaseline {
  signal: string;
  /** 0 while it learns, or why that is not known. */
  ready: Fact;
}

/** The signals of a rule whose baseline is not known to be ready, in the order in which the rule names them. */
export function unreadyBaselines(rule: Rule, observe: (signal: string) => Fact): UnreadyBaseline[] {
  return [...signalsOf(rule)]
    .map((signal) => ({ signal, ready: observe(signal) }))
    .filter(({ ready }) => ready.status !== 'ok' || ready.value !== 1);
}

function signalsOf({ facts, expect }: Rule): Set<string> {
  const read = Object.values(facts).flatMap((spec) => ('signal' in spec ? [spec.signal] : []));
  return new Set([...read, expect.signal]);
}
