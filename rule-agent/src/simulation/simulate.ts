import { type Clock, silentLogger } from '@evenkeel/toolkit';
import type { Action } from '../actions/index.ts';
import { type CycleContext, runCycle } from '../cycle.ts';
import { emptyHistory, type HistoryBook, type Policy, record } from '../decisions/index.ts';
import { createSources } from '../facts/index.ts';
import { createActing } from '../loops/acting.ts';
import { createVerifying } from '../loops/verifying.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { buildRuleEngine, type RuleEngine } from '../rules/index.ts';

export interface Simulation {
  rules: readonly Rule[];
  policy: Policy;
  /** The first turn, the last one at the latest, and how far they are apart. */
  fromMs: number;
  toMs: number;
  intervalMs: number;
  /** What the agent reads; it answers for the time of the clock. */
  prometheus: (clock: Pick<Clock, 'now'>) => Prometheus;
  action: Action;
  /** What people do before a turn. */
  people?: (history: HistoryBook, nowMs: number) => readonly JournalEvent[];
}

/** How the agent stands after a turn. */
export interface Turn {
  nowMs: number;
  /** What happened in it, in its order. */
  events: readonly JournalEvent[];
  facts: Facts;
  /** It goes on with the next turn. */
  history: HistoryBook;
  engines: readonly RuleEngine[];
}

/**
 * Plays the agent over a span of time that nobody waits for: its own cycle, with a clock, a Prometheus and actions of its own.
 * Nothing but that Prometheus is contacted, and nothing is written.
 *
 * @throws what the Prometheus throws
 */
export async function* simulate(simulation: Simulation): AsyncGenerator<Turn, void, undefined> {
  const { fromMs, toMs, intervalMs, people } = simulation;
  const clock = new SimulatedClock(fromMs);
  const history = emptyHistory();
  const notes = new Notes(history);
  const stage = { clock, history, notes };
  const context = contextOf(simulation, stage);
  let facts: Facts | undefined;
  const { acting, verifying } = loopsOf(simulation, { ...stage, facts: () => facts });
  for (; clock.now() <= toMs; clock.nowMs += intervalMs) {
    const nowMs = clock.now();
    if (people !== undefined) await notes.record(people(history, nowMs));
    await acting.actOnAll();
    await runCycle({ ...context, onFacts: (read) => (facts = read) });
    await acting.actOnAll();
    await verifying.verifyDue();
    yield { nowMs, events: notes.take(), facts: facts!, history, engines: context.engines };
  }
}

/** Nobody sleeps by it: what is played is played in turn. */
class SimulatedClock implements Clock {
  nowMs: number;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

/** What happens counts at once, and is kept until it is taken. */
class Notes {
  readonly #history: HistoryBook;
  #events: JournalEvent[] = [];

  constructor(history: HistoryBook) {
    this.#history = history;
  }

  readonly record = (events: readonly JournalEvent[]): Promise<void> => {
    for (const event of events) {
      record(this.#history, event);
      this.#events.push(event);
    }
    return Promise.resolve();
  };

  readonly recordIf = (make: () => readonly JournalEvent[]): Promise<void> => this.record(make());

  take(): JournalEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

interface Stage {
  clock: Clock;
  history: HistoryBook;
  notes: Notes;
}

function contextOf(
  { rules, policy, prometheus }: Simulation,
  { clock, history, notes }: Stage,
): Omit<CycleContext, 'onFacts'> {
  const source = { name: 'simulation', url: '', prometheus: prometheus(clock) };
  return {
    engines: rules.map(buildRuleEngine),
    sources: createSources({
      ...{ sources: [source], clock, maxAgeMs: policy.maxAgeMs },
      // There is no other one to look at, or to return to.
      ...{ lookEveryMs: Infinity, returnAfterMs: 0 },
    }),
    killSwitch: NOTHING_STOPS,
    recorder: notes,
    ...{ history, policy, clock },
  };
}

const NOTHING_STOPS = () => Promise.resolve(undefined);

/** The agent's own acting and verifying, whose turns are taken one after the other. */
function loopsOf(
  { rules, policy, intervalMs, action }: Simulation,
  { clock, history, notes, facts }: Stage & { facts: () => Facts | undefined },
) {
  const { record: enter, recordIf } = notes;
  const shared = { history, record: enter, isActive: () => true, clock, logger: silentLogger(), intervalMs };
  return {
    acting: createActing({
      ...{ ...shared, writeAhead: enter, action, killSwitch: NOTHING_STOPS, rules: () => rules },
      continuityMs: policy.continuityMs,
      leftToStopMs: () => 0,
    }),
    verifying: createVerifying({ ...shared, recordIf, facts, policy, rules: () => rules }),
  };
}
