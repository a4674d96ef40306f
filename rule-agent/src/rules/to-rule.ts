import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Budget, Expectation, FactSpec, Guardrail, Priority, Rule, SilenceWish } from '../model/rule.ts';
import { isSwitchable, toActionRequest } from './action-schema.ts';
import { asksForProof } from './expectation-schema.ts';
import type { Offers } from './offers.ts';
import type { WrittenRule } from './rule-schema.ts';

const LEAST_URGENT: Priority = 3;
const USUAL_HOLD_OUT = 0.1;
const MINUTE_MS = 60_000;
const DEFAULT_COOLDOWN_MS: Readonly<Record<Priority, number>> = {
  1: 2 * MINUTE_MS,
  2: 5 * MINUTE_MS,
  3: 15 * MINUTE_MS,
};

/** A rule as the agent uses it, from one that passed the schema; defaults filled in, version computed. */
export function toRule(
  written: WrittenRule,
  { file, systems }: { file: string; systems: Offers },
): Omit<Rule, 'text'> {
  const { for: holding = 0, cooldown, clear, expect, facts, action, owner, ...rest } = written;
  const { schedule, budget, when_learning: whenLearning, silence_while_acting: silence, ...same } = rest;
  const rule = {
    ...same,
    facts: Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, toFactSpec(fact)])),
    ...(owner !== undefined && { owner }),
    ...(clear !== undefined && { clear }),
    ...(schedule !== undefined && { schedule }),
    holding: typeof holding === 'number' ? { steadyMs: holding } : holding,
    cooldownMs: cooldown ?? DEFAULT_COOLDOWN_MS[written.priority],
    budget: {
      ...(budget.rule !== undefined && { rule: toBudget(budget.rule) }),
      ...(budget.target !== undefined && { target: toBudget(budget.target) }),
    },
    whenLearning,
    action: toActionRequest(action, systems),
    expect: toExpectation(expect, { action, priority: written.priority }),
    ...(silence !== undefined && { silence: toSilenceWish(silence, expect.signal) }),
  };
  return { ...rule, version: versionOf(rule), file };
}

/** Where a rule does not say: some of what matters least and is put back most easily, and nothing else. */
function usualHoldOut({ action, priority }: Pick<WrittenRule, 'action' | 'priority'>): number {
  return priority === LEAST_URGENT && isSwitchable(action) ? USUAL_HOLD_OUT : 0;
}

function toBudget({ actions, per }: { actions: number; per: number }): Budget {
  return { actions, perMs: per };
}

function toExpectation(
  written: WrittenRule['expect'],
  of: Pick<WrittenRule, 'action' | 'priority'>,
): Expectation {
  const { settle = 0, window = 0, minimum, proof, hold_out: given, guards, ...expect } = written;
  // A switchback needs nothing to be compared with.
  const holdOut = given ?? (window > 0 && !asksForProof({ proof }) ? usualHoldOut(of) : 0);
  return {
    ...{ ...expect, settleMs: settle, windowMs: window },
    ...(minimum !== undefined && { minimum }),
    ...(holdOut > 0 && { holdOut }),
    ...(proof !== undefined && proof.switchback !== 0 && { switchback: proof.switchback }),
    guardrails: guards.map(toGuardrail),
  };
}

/** Where the rule does not say which alerts, those of the signal that the action is to move. */
function toSilenceWish(
  { system, matchers, at_most: mostMs }: NonNullable<WrittenRule['silence_while_acting']>,
  signal: string,
): SilenceWish {
  return { system, matchers: matchers ?? { signal }, mostMs };
}

function toGuardrail({ signal, above, below }: WrittenRule['expect']['guards'][number]): Guardrail {
  return { signal, ...(above !== undefined && { above }), ...(below !== undefined && { below }) };
}

// The schema has seen to it that exactly one of the alternatives is there.

function toFactSpec({ signal, promql, reading, source }: WrittenRule['facts'][string]): FactSpec {
  const from = source === undefined ? {} : { source };
  return signal === undefined
    ? { promql: promql!, ...from }
    : { signal, ...(reading !== undefined && { reading }), ...from };
}

function versionOf(rule: object): string {
  return createHash('sha256').update(canonicalJson(rule)).digest('hex').slice(0, 12);
}
