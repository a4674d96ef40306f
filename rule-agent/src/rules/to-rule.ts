import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import type { FactSpec, KnobRequest, Priority, Rule } from '../model/rule.ts';
import type { WrittenRule } from './rule-schema.ts';

const MINUTE_MS = 60_000;
const DEFAULT_COOLDOWN_MS: Readonly<Record<Priority, number>> = {
  1: 2 * MINUTE_MS,
  2: 5 * MINUTE_MS,
  3: 15 * MINUTE_MS,
};

/** A rule as the agent uses it, from one that passed the schema; defaults filled in, version computed. */
export function toRule(written: WrittenRule, file: string): Rule {
  const { for: forMs = 0, cooldown, clear, expect, facts, action, ...same } = written;
  const rule = {
    ...same,
    mode: written.mode,
    facts: Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFactSpec(fact)])),
    ...(clear === undefined ? {} : { clear }),
    forMs,
    cooldownMs: cooldown ?? DEFAULT_COOLDOWN_MS[written.priority],
    action: toKnobRequest(action.knob),
    expect: { signal: expect.signal, direction: expect.direction, settleMs: expect.settle ?? 0 },
  };
  return { ...rule, version: versionOf(rule), file };
}

// The schema has seen to it that exactly one of the alternatives is there.

function toFactSpec({ signal, promql, source }: WrittenRule['facts'][string]): FactSpec {
  const from = source === undefined ? {} : { source };
  return signal === undefined ? { promql: promql!, ...from } : { signal, ...from };
}

function toKnobRequest(written: WrittenRule['action']['knob']): KnobRequest {
  const { system, name, set, multiply, add, stronger } = written;
  const request = { kind: 'knob', system, name } as const;
  if (multiply !== undefined) return { ...request, change: { multiply } };
  if (add !== undefined) return { ...request, change: { add } };
  return { ...request, change: { set: set! }, ...(stronger === undefined ? {} : { stronger }) };
}

function versionOf(rule: object): string {
  return createHash('sha256').update(canonicalJson(rule)).digest('hex').slice(0, 12);
}
