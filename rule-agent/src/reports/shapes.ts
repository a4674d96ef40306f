import type { Fact } from '../model/fact.ts';
import type { ActionRequest, Expectation, FactSpec } from '../model/rule.ts';

/** A time as the API writes it, or null. */
export function toTime(ms: number | undefined): string | null {
  return ms === undefined || ms === 0 ? null : new Date(ms).toISOString();
}

export function toFactShape(fact: Fact) {
  return {
    status: fact.status,
    value: fact.status === 'ok' ? fact.value : null,
    sampled_at: toTime(fact.sampledAtMs),
    because: fact.status === 'ok' ? null : fact.because,
  };
}

export function toFactShapes(facts: Readonly<Record<string, Fact>>) {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFactShape(fact)]));
}

export function toActionShape({ kind, system, name, change, stronger }: ActionRequest) {
  return { kind, system, name, ...change, ...(stronger === undefined ? {} : { stronger }) };
}

export function toExpectShape({ signal, direction, settleMs }: Expectation) {
  return { signal, direction, settle_seconds: settleMs / 1000 };
}

export function toFactSpecShape(spec: FactSpec) {
  return 'signal' in spec
    ? { signal: spec.signal, source: spec.source ?? null }
    : { promql: spec.promql, source: spec.source ?? null };
}
