import { observeBaseline } from '../../facts/index.ts';
import type { Rule } from '../../model/rule.ts';
import type { Guard } from './guard.ts';

/** Signals whose baseline is still learning: nobody can say yet what is normal for them. */
export const learning = {
  name: 'learning',
  objection({ match: { rule, target } }, { facts, policy }) {
    if (rule.whenLearning === 'act') return undefined;
    for (const signal of signalsOf(rule)) {
      const ready = observeBaseline(facts.signals, { signal, target, maxAgeMs: policy.maxAgeMs });
      if (ready.status !== 'ok') return `nothing is known of the baseline of ${signal}`;
      if (ready.value !== 1) return `the baseline of ${signal} is still learning`;
    }
    return undefined;
  },
} as const satisfies Guard;

function signalsOf({ facts, expect }: Rule): Set<string> {
  const read = Object.values(facts).flatMap((spec) => ('signal' in spec ? [spec.signal] : []));
  return new Set([...read, expect.signal]);
}
