import { AGENT_METRICS } from '@evenkeel/agent-api';
import type { Registry } from 'prom-client';
import { GUARD_NAMES, phaseOf } from '../decisions/index.ts';
import { FACT_STATUSES, type Facts } from '../model/fact.ts';
import type { History } from '../model/history.ts';
import { type Phase, PHASES } from '../model/phase.ts';
import { MODES, type Rule } from '../model/rule.ts';
import { evidenceMetrics } from './evidence.ts';
import { gauge } from './instruments.ts';

export function ruleMetrics(registry: Registry) {
  const states = gauge(registry, {
    ...AGENT_METRICS.ruleState,
    help: 'Targets of a rule, by the state they are in.',
  });
  const heldBack = gauge(registry, {
    name: 'evenkeel_agent_held_back',
    help: 'Targets on which a guard holds a rule back now.',
    labelNames: ['rule', 'guard'],
  });
  const modes = gauge(registry, {
    name: 'evenkeel_agent_rules',
    help: 'Rules loaded, by mode.',
    labelNames: ['mode'],
  });
  const evidence = evidenceMetrics(registry);
  const facts = gauge(registry, {
    name: 'evenkeel_agent_facts',
    help: 'Facts of the last cycle, by status.',
    labelNames: ['status'],
  });
  const paused = gauge(registry, {
    name: 'evenkeel_agent_paused',
    help: '1 while the kill switch or a pause of everything is in force.',
  });
  const reloaded = gauge(registry, {
    name: 'evenkeel_agent_rules_last_reload_successful',
    help: '1 when the rules in force are those on disk at the last (re)load.',
  });
  return {
    rulesReloaded: (successful: boolean) => reloaded.set(Number(successful)),
    /** A step for each target. */
    *showRules(rules: readonly Rule[], history: History, nowMs: number): Generator<void, undefined> {
      const counts = yield* countTargets(rules, history, nowMs);
      for (const mode of MODES) modes.set({ mode }, rules.filter((rule) => rule.mode === mode).length);
      states.reset();
      heldBack.reset();
      for (const [rule, { phases, guards }] of counts) {
        for (const state of PHASES) states.set({ rule, state }, phases[state]);
        for (const [guard, targets] of Object.entries(guards)) heldBack.set({ rule, guard }, targets);
      }
      evidence.show(rules, history);
      paused.set(Number(isPaused(history, nowMs)));
    },
    showFacts(read: Facts) {
      const count = zeroes(FACT_STATUSES);
      for (const target of read.targets) {
        for (const { status } of Object.values(target.facts)) count[status] += 1;
      }
      for (const status of FACT_STATUSES) facts.set({ status }, count[status]);
    },
  };
}

/** How many targets of a rule are in which phase, and are held back by which guard. */
interface TargetCounts {
  phases: Record<Phase, number>;
  guards: Record<string, number>;
}

function* countTargets(
  rules: readonly Rule[],
  history: History,
  nowMs: number,
): Generator<void, Map<string, TargetCounts>> {
  const counts = new Map(
    rules.map(({ name }): [string, TargetCounts] => [
      name,
      { phases: zeroes(PHASES), guards: zeroes(GUARD_NAMES) },
    ]),
  );
  for (const track of history.tracks.values()) {
    const count = counts.get(track.rule);
    if (count !== undefined) {
      count.phases[phaseOf(track, history, nowMs)] += 1;
      const guard = track.suppression?.guard;
      if (guard !== undefined) count.guards[guard] = (count.guards[guard] ?? 0) + 1;
    }
    yield;
  }
  return counts;
}

function zeroes<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

function isPaused({ killSwitch, pauses }: History, nowMs: number): boolean {
  const inForce = [...pauses.values()].filter(({ endsAt }) => endsAt === undefined || endsAt > nowMs);
  return killSwitch.engaged || inForce.some(({ rule }) => rule === undefined);
}
