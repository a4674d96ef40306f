import type { Facts } from '../model/fact.ts';
import { toFactShape, toTime } from './shapes.ts';

/** What the last cycle knew, fact by fact; unknown ones with their reason. */
export function reportFacts(facts: Facts | undefined) {
  if (facts === undefined) return { read_at: null, read_from: null, signals: null, items: [] };
  const { signals } = facts;
  return {
    read_at: toTime(facts.readAtMs),
    read_from: facts.readFrom ?? null,
    signals: { status: signals.status, because: signals.status === 'ok' ? null : signals.because },
    items: facts.targets.flatMap(({ rule, target, facts: values }) =>
      Object.entries(values).map(([name, fact]) => ({ rule, target, name, ...toFactShape(fact) })),
    ),
  };
}
