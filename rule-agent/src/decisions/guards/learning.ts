import { observeBaseline } from '../../facts/index.ts';
import type { Rule } from '../../model/rule.ts';
import type { Guard } from './guard.ts';

const KEY = '; with when_learning: act the rule does not wait for it';

/** Signals whose baseline is still learning: nobody can say yet what is normal for them. */
export const learning = {
  name: 'learning',
  objection({ match: { rule, target } }, { facts, policy }) {
    // What only watches does no harm, and is watched to learn what it would do.
    if (rule.whenLearning === 'act' || rule.mode === 'shadow') return undefined;
    for (const signal of signalsOf(rule)) {
      const ready = observeBaseline(facts.signals, { signal, target, maxAgeMs: policy.maxAgeMs });
      if (ready.status !== 'ok') return `nothing is known of the baseline of ${signal}${KEY}`;
      if (ready.value !== 1) return `the baseline of ${signal} is still learning${KEY}`;
    }
    return undefined;
  },
} as const satisfies Guard;

function signalsOf({ facts, expect }: Rule): Set<string> {
  const read = Object.values(facts).flatMap((spec) => ('signal' in spec ? [spec.signal] : []));
  return new Set([...read, expect.signal]);
}
