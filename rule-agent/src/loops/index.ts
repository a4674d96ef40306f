import type { Clock, Logger, Loop } from '@evenkeel/toolkit';
import type { Action, Alertmanagers, ApprovalMessage, KillSwitch } from '../actions/index.ts';
import type { HistoryBook, Policy } from '../decisions/index.ts';
import type { Sources } from '../facts/index.ts';
import type { Journal, Recorder } from '../journal/index.ts';
import type { AgentMetrics, LoopName } from '../metrics/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { RuleEngine } from '../rules/index.ts';
import { type Acting, createActing } from './acting.ts';
import { createLooking, type Looking } from './looking.ts';
import { createRetention } from './retention.ts';
import { createSilences } from './silences.ts';
import { createCountdown, stopInTime } from './stop-in-time.ts';
import type { Standby } from './standby.ts';
import { createTouchReader } from './read-touches.ts';
import { createVerifying, type Verifying } from './verifying.ts';

export { createStandby, type Standby } from './standby.ts';

export interface LoopsOptions {
  engines: () => readonly RuleEngine[];
  sources: Sources;
  action: Action;
  alertmanagers: Alertmanagers;
  killSwitch: KillSwitch;
  /** How people are told that an approval waits; nobody is told without it. */
  approvalMessage: ApprovalMessage | undefined;
  policy: Policy;
  journal: Journal;
  recorder: Recorder;
  history: HistoryBook;
  standby: Standby;
  metrics: AgentMetrics;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
  /** Without a finished cycle for longer than this the agent is not ready. */
  overdueMs: number;
  /** How long the journal remembers; for ever without it. */
  retainMs: number | undefined;
}

/** What the agent does again and again, beside each other: none waits for another. */
export interface Loops {
  looking: Looking;
  acting: Acting;
  verifying: Verifying;
  /** All of them, in the order in which they start. */
  all: readonly Loop[];
  /** To be told of each event that counts. */
  note: (event: JournalEvent) => void;
  /** To be called when the journal has moved: work and silences are looked at right away. */
  wake: () => void;
}

/** All loops together may take so long to stop: the lease has to be given up, and the journal closed, before the process is ended. */
const STOP_WITHIN_MS = 3_000;

export function createLoops(options: LoopsOptions): Loops {
  const { journal, history, metrics, retainMs, clock, logger, intervalMs, policy } = options;
  const { isActive } = options.standby;
  const { record, recordIf, writeAhead } = options.recorder;
  const leftToStopMs = createCountdown(STOP_WITHIN_MS);
  const shared = { history, record, isActive, clock, logger, intervalMs };
  const onTurnOf = (loop: LoopName) => ({
    onTurn: (turn: Parameters<typeof metrics.turnEnded>[1]) => metrics.turnEnded(loop, turn),
  });
  const looking = createLooking({ ...options, context: () => ({ ...options, engines: options.engines() }) });
  const acting = createActing({
    ...shared,
    writeAhead,
    leftToStopMs,
    ...onTurnOf('acting'),
    action: options.action,
    killSwitch: options.killSwitch,
    rules: () => options.engines().map(({ rule }) => rule),
    continuityMs: policy.continuityMs,
    approvalMessage: options.approvalMessage,
    onUnderWay: metrics.actionsInFlight,
  });
  const verifying = createVerifying({
    ...{ ...shared, ...onTurnOf('verifying'), recordIf, facts: looking.facts, policy },
    rules: () => options.engines().map(({ rule }) => rule),
    past: { read: options.sources.askRange, actions: createTouchReader(journal) },
    irreversible: (plan) => options.action.irreversible?.(plan),
  });
  const silences = createSilences({
    ...shared,
    writeAhead,
    alertmanagers: options.alertmanagers,
    knows: async (episode) => (await journal.find({ episode, limit: 1 })).length > 0,
    onFailure: metrics.silenceFailed,
    onKept: metrics.silencesKept,
  });
  const retention =
    retainMs === undefined ? [] : [createRetention({ journal, isActive, retainMs, clock, logger })];
  const inTime = (loop: Loop) => stopInTime(loop, leftToStopMs, logger);
  return {
    ...{ looking, acting, verifying },
    // Looking stops first: what it still decides has its end when acting stops.
    all: [inTime(silences), acting, ...[verifying, looking, ...retention].map(inTime)],
    note: acting.note,
    wake() {
      acting.wake();
      silences.wake();
    },
  };
}
