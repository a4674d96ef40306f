import {
  betweenTurns,
  createLoop,
  EvenkeelError,
  formatDuration,
  type Logger,
  type Loop,
  type LoopTurn,
  messageOf,
  type Readiness,
} from '@evenkeel/toolkit';
import { type CycleContext, runCycle } from '../cycle.ts';
import type { Journal } from '../journal/index.ts';
import type { AgentMetrics, CycleOutcome } from '../metrics/index.ts';
import type { Facts } from '../model/fact.ts';
import type { Standby } from './standby.ts';

export interface Looking extends Loop {
  /** One cycle. It never rejects: what goes wrong is logged once, counted, and tried again with the next. */
  look: () => Promise<void>;
  /** What the last cycle knew. */
  facts: () => Facts | undefined;
  readiness: () => Readiness;
}

export interface LookingOptions {
  /** What the next cycle works with; the rules in it may change between cycles. */
  context: () => Omit<CycleContext, 'onFacts'>;
  journal: Journal;
  standby: Standby;
  metrics: AgentMetrics;
  logger: Logger;
  intervalMs: number;
  /** Without a finished cycle for longer than this the agent is not ready. */
  overdueMs: number;
}

const BEAT_EVERY_MS = 10_000;

/** Looks at the facts at every interval, and decides what follows from them. */
export function createLooking(options: LookingOptions): Looking {
  const { context, journal, standby, metrics, logger, overdueMs } = options;
  let facts: Facts | undefined;
  let last: { outcome: CycleOutcome; because: string; endedAtMs: number } | undefined;
  let lastBeatMs = 0;

  const beat = async (nowMs: number) => {
    if (Math.abs(nowMs - lastBeatMs) < BEAT_EVERY_MS) return;
    await journal.beat(nowMs);
    lastBeatMs = nowMs;
  };
  const onFacts = (read: Facts) => {
    facts = read;
    metrics.factsRead(read);
    metrics.showFacts(read);
  };
  const attempt = async (current: Omit<CycleContext, 'onFacts'>) => {
    try {
      await journal.check();
      if (!(await standby.update())) return STANDING_BY;
      await runCycle({ ...current, onFacts });
      await beat(current.clock.now());
      return outcomeOfFacts(facts);
    } catch (error) {
      return outcomeOfError(error);
    }
  };

  const look = async () => {
    const current = context();
    const startedAtMs = current.clock.now();
    const { outcome, because } = await attempt(current);
    const endedAtMs = current.clock.now();
    if (outcome !== last?.outcome || because !== last.because) logChange(logger, { outcome, because });
    last = { outcome, because, endedAtMs };
    metrics.journalWorks(outcome !== 'journal_failed');
    metrics.cycleEnded({ outcome, durationMs: endedAtMs - startedAtMs, endedAtMs });
    const rules = current.engines.map(({ rule }) => rule);
    await betweenTurns(metrics.showRules(rules, current.history, endedAtMs));
  };
  const { clock } = context();
  const onTurn = (turn: LoopTurn) => {
    metrics.turnEnded('looking', turn);
    if (turn.missed > 0) metrics.cycleMissed(turn.missed);
  };
  return {
    ...createLoop({ ...options, name: 'looking', clock, run: look, onTurn }),
    look,
    facts: () => facts,
    readiness: () => readinessOf(last, overdueMs - (clock.now() - (last?.endedAtMs ?? 0))),
  };
}

interface Ended {
  outcome: CycleOutcome;
  because: string;
}

const STANDING_BY: Ended = { outcome: 'standby', because: 'another agent leads' };

function outcomeOfFacts(facts: Facts | undefined): Ended {
  if (facts === undefined || facts.signals.status === 'ok') return { outcome: 'ok', because: '' };
  return { outcome: 'facts_failed', because: facts.signals.because };
}

function outcomeOfError(error: unknown): Ended {
  const code = error instanceof EvenkeelError ? error.code : undefined;
  // It lost the lead in the middle of a cycle.
  if (code === 'JOURNAL_STANDBY') return STANDING_BY;
  if (code?.startsWith('JOURNAL_') !== true) return { outcome: 'failed', because: messageOf(error) };
  const { message, hint } = error as EvenkeelError;
  return { outcome: 'journal_failed', because: hint === undefined ? message : `${message} (${hint})` };
}

const FAILURES: Readonly<Record<Exclude<CycleOutcome, 'ok' | 'standby'>, string>> = {
  facts_failed: 'The facts could not be read. No actions until they can be read again.',
  journal_failed: 'The journal could not be used. No actions until it works again.',
  failed: 'The cycle failed. No new actions until one succeeds.',
};

function logChange(logger: Logger, { outcome, because }: Ended): void {
  if (outcome === 'ok') logger.info('cycles succeed');
  else if (outcome === 'standby') logger.info({ because }, 'standing by');
  else logger.error({ outcome, because }, FAILURES[outcome]);
}

function readinessOf(last: Ended | undefined, leftMs: number): Readiness {
  if (last === undefined) return { ready: false, reason: 'the first cycle has not ended yet' };
  if (leftMs < 0) {
    return { ready: false, reason: `the next cycle is overdue by ${formatDuration(-leftMs)}` };
  }
  if (last.outcome === 'journal_failed' || last.outcome === 'failed') {
    return { ready: false, reason: last.because };
  }
  return { ready: true };
}
