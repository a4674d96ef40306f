import { processMetrics } from '@evenkeel/toolkit';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { newestSampleOf, type SourceLook } from '../facts/index.ts';
import { GUARD_NAMES, type JournalEvent, OUTCOMES, type Verdict } from '../model/event.ts';
import { FACT_STATUSES, type Facts } from '../model/fact.ts';
import { type History, type Phase, PHASES, phaseOf } from '../model/history.ts';
import { MODES, type Rule } from '../model/rule.ts';
import { FAULTS } from '../prometheus/answer.ts';
import { DECISION_OUTCOMES, decisionOutcome, isDecision } from './decisions.ts';

export const CYCLE_OUTCOMES = ['ok', 'standby', 'facts_failed', 'journal_failed', 'failed'] as const;
export type CycleOutcome = (typeof CYCLE_OUTCOMES)[number];

/** Those that a rule may be asked about before it has had one; reasons for inconclusive ones are many. */
const COMMON_VERDICTS: readonly Verdict[] = [
  'improved',
  'worsened',
  'no_effect',
  'inconclusive:not_measured',
];

const PREFIX = 'evenkeel_agent_';

export type AgentMetrics = ReturnType<typeof createAgentMetrics>;

/** The agent's metrics of itself. Labels are rule names and fixed words: their number does not grow with the targets. */
export function createAgentMetrics(version: string) {
  const registry = new Registry();
  processMetrics(registry);
  const metrics = {
    ...cycleMetrics(registry),
    ...decisionMetrics(registry),
    ...journalMetrics(registry),
    ...sourceMetrics(registry),
    ...silenceMetrics(registry),
    ...ruleMetrics(registry),
  };
  gauge(registry, {
    name: 'build_info',
    help: 'The running version; always 1.',
    labelNames: ['version'],
  }).set({ version }, 1);
  return { registry, ...metrics };
}

function cycleMetrics(registry: Registry) {
  const duration = new Histogram({
    name: `${PREFIX}cycle_duration_seconds`,
    help: 'How long a cycle takes, from the first read to the last verdict.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const cycles = counter(registry, {
    name: 'cycles_total',
    help: 'Cycles, by how they ended.',
    labelNames: ['outcome'],
  });
  for (const outcome of CYCLE_OUTCOMES) cycles.inc({ outcome }, 0);
  const missed = counter(registry, {
    name: 'cycles_missed_total',
    help: 'Turns left out because a cycle took too long.',
  });
  const lastCycle = gauge(registry, {
    name: 'last_cycle_timestamp_seconds',
    help: 'When the last cycle ended, whatever its outcome.',
  });
  const lag = gauge(registry, {
    name: 'evaluation_lag_seconds',
    help: 'Age of the newest recorded signal when the last cycle that could read any had read it.',
  });
  return {
    cycleMissed: (turns: number) => missed.inc(turns),
    cycleEnded(cycle: { outcome: CycleOutcome; durationMs: number; endedAtMs: number }) {
      cycles.inc({ outcome: cycle.outcome });
      duration.observe(cycle.durationMs / 1000);
      lastCycle.set(cycle.endedAtMs / 1000);
    },
    factsRead(facts: Facts) {
      const newestMs = newestSampleOf(facts.signals);
      if (newestMs !== undefined) lag.set(Math.max(0, facts.readAtMs - newestMs) / 1000);
    },
  };
}

function decisionMetrics(registry: Registry) {
  const decisions = counter(registry, {
    name: 'decisions_total',
    help: 'Decisions journalled, by outcome.',
    labelNames: ['rule', 'outcome'],
  });
  const suppressions = counter(registry, {
    name: 'suppressions_total',
    help: 'Times a guard began to hold a rule back.',
    labelNames: ['rule', 'guard'],
  });
  const actions = counter(registry, {
    name: 'actions_total',
    help: 'Actions that came to an end, by outcome.',
    labelNames: ['rule', 'outcome'],
  });
  const episodes = counter(registry, {
    name: 'episodes_total',
    help: 'Episodes with a verdict.',
    labelNames: ['rule', 'verdict'],
  });
  const alerts = counter(registry, {
    name: 'alerts_received_total',
    help: 'Alerts received, without repetitions.',
    labelNames: ['status'],
  });
  for (const status of ['firing', 'resolved']) alerts.inc({ status }, 0);
  return {
    /** Zeroes, so that the first increase is seen as one. */
    expectRules(rules: readonly Rule[]) {
      for (const { name: rule } of rules) {
        for (const outcome of OUTCOMES) actions.inc({ rule, outcome }, 0);
        for (const outcome of DECISION_OUTCOMES) decisions.inc({ rule, outcome }, 0);
        for (const guard of GUARD_NAMES) suppressions.inc({ rule, guard }, 0);
        for (const verdict of COMMON_VERDICTS) episodes.inc({ rule, verdict }, 0);
      }
    },
    eventRecorded(event: JournalEvent) {
      if (isDecision(event)) decisions.inc({ rule: event.rule, outcome: decisionOutcome(event) });
      if (event.kind === 'suppressed') suppressions.inc({ rule: event.rule, guard: event.guard });
      if (event.kind === 'finished') actions.inc({ rule: event.rule, outcome: event.outcome });
      if (event.kind === 'verified') episodes.inc({ rule: event.rule, verdict: event.verdict });
      if (event.kind === 'alert_received') alerts.inc({ status: event.status });
    },
  };
}

function journalMetrics(registry: Registry) {
  const writes = counter(registry, {
    name: 'journal_writes_total',
    help: 'Rows written to the journal, and writes that failed.',
    labelNames: ['outcome'],
  });
  for (const outcome of ['ok', 'failed']) writes.inc({ outcome }, 0);
  return {
    journalWritten: () => writes.inc({ outcome: 'ok' }),
    journalWriteFailed: () => writes.inc({ outcome: 'failed' }),
  };
}

function sourceMetrics(registry: Registry) {
  const up = gauge(registry, {
    name: 'prometheus_up',
    help: '1 when facts could be read from an endpoint of Prometheus at the last look, all of them and recent; else 0.',
    labelNames: ['endpoint'],
  });
  const active = gauge(registry, {
    name: 'prometheus_active',
    help: '1 for the endpoint that the facts of the last cycle come from, 0 for the others.',
    labelNames: ['endpoint'],
  });
  const failures = counter(registry, {
    name: 'prometheus_failures_total',
    help: 'Looks at an endpoint that showed a fault, by its reason.',
    labelNames: ['endpoint', 'reason'],
  });
  const failovers = counter(registry, {
    name: 'prometheus_failovers_total',
    help: 'Times that facts began to be read from another endpoint.',
  });
  const skew = gauge(registry, {
    name: 'prometheus_clock_skew_seconds',
    help: 'How far the clock of an endpoint is ahead of the agent, at the least; negative when it is behind.',
    labelNames: ['endpoint'],
  });
  return {
    /** Zeroes, so that the first increase is seen as one. */
    expectSources(endpoints: readonly string[]) {
      for (const endpoint of endpoints) {
        active.set({ endpoint }, 0);
        for (const reason of [...FAULTS, 'stale'])
          if (reason !== 'query') failures.inc({ endpoint, reason }, 0);
      }
    },
    sourceLooked(endpoint: string, { health, fault, skewMs }: SourceLook) {
      up.set({ endpoint }, Number(health === 'sound'));
      if (fault !== undefined) failures.inc({ endpoint, reason: fault });
      if (skewMs === undefined) skew.remove({ endpoint });
      else skew.set({ endpoint }, skewMs / 1000);
    },
    sourceChosen(endpoint: string, before: string | undefined) {
      if (before !== undefined) {
        active.set({ endpoint: before }, 0);
        failovers.inc();
      }
      active.set({ endpoint }, 1);
    },
  };
}

function silenceMetrics(registry: Registry) {
  const silences = gauge(registry, {
    name: 'silences',
    help: 'Silences in force for actions under way, as far as Alertmanager said.',
  });
  const failures = counter(registry, {
    name: 'silence_failures_total',
    help: 'Times that alerts could not be silenced, or no longer be silenced, while an action was under way.',
  });
  return {
    silencesKept: (count: number) => silences.set(count),
    silenceFailed: () => failures.inc(),
  };
}

function ruleMetrics(registry: Registry) {
  const states = gauge(registry, {
    name: 'rule_state',
    help: 'Targets of a rule, by the state they are in.',
    labelNames: ['rule', 'state'],
  });
  const modes = gauge(registry, { name: 'rules', help: 'Rules loaded, by mode.', labelNames: ['mode'] });
  const facts = gauge(registry, {
    name: 'facts',
    help: 'Facts of the last cycle, by status.',
    labelNames: ['status'],
  });
  const paused = gauge(registry, {
    name: 'paused',
    help: '1 while the kill switch or a pause of everything is in force.',
  });
  const reloaded = gauge(registry, {
    name: 'rules_last_reload_successful',
    help: '1 when the rules in force are those on disk at the last (re)load.',
  });
  return {
    rulesReloaded: (successful: boolean) => reloaded.set(Number(successful)),
    /** A step for each target. */
    *showRules(rules: readonly Rule[], history: History, nowMs: number): Generator<void, undefined> {
      const counts = yield* countPhases(rules, history, nowMs);
      for (const mode of MODES) modes.set({ mode }, rules.filter((rule) => rule.mode === mode).length);
      states.reset();
      for (const [rule, count] of counts) {
        for (const state of PHASES) states.set({ rule, state }, count[state]);
      }
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

/** How many targets of each rule are in which phase. */
function* countPhases(
  rules: readonly Rule[],
  history: History,
  nowMs: number,
): Generator<void, Map<string, Record<Phase, number>>> {
  const counts = new Map(rules.map(({ name }) => [name, zeroes(PHASES)]));
  for (const track of history.tracks.values()) {
    const count = counts.get(track.rule);
    if (count !== undefined) count[phaseOf(track, history, nowMs)] += 1;
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

interface Described {
  /** Without the prefix. */
  name: string;
  help: string;
  labelNames?: string[];
}

function counter(registry: Registry, { name, ...rest }: Described) {
  return new Counter({ ...rest, name: PREFIX + name, registers: [registry] });
}

function gauge(registry: Registry, { name, ...rest }: Described) {
  return new Gauge({ ...rest, name: PREFIX + name, registers: [registry] });
}
