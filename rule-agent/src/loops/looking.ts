import { betweenTurns, EvenkeelError, formatDuration, messageOf, type Readiness } from '@evenkeel/toolkit';
import { type CycleContext, runCycle } from '../cycle.ts';
import type { Journal } from '../journal/index.ts';
import type { Facts } from '../model/fact.ts';
import type { AgentMetrics, CycleOutcome } from '../metrics/index.ts';
import type { Standing } from './standing.ts';

export interface CycleRunner {
  /** One cycle. It never rejects: what goes wrong is logged once, counted, and tried again with the next. */
  run: () => Promise<void>;
  /** What the last cycle knew. */
  facts: () => Facts | undefined;
  readiness: () => Readiness;
}

export interface CycleRunnerOptions {
  /** What the next cycle works with; the rules in it may change between cycles. */
  context: () => Omit<CycleContext, 'onFacts'>;
  journal: Journal;
  standing: Standing;
  metrics: AgentMetrics;
  /** Without a finished cycle for longer than this the agent is not ready. */
  patienceMs: number;
}

const BEAT_EVERY_MS = 10_000;

export function createCycleRunner({
  context,
  journal,
  standing,
  metrics,
  patienceMs,
}: CycleRunnerOptions): CycleRunner {
  let facts: Facts | undefined;
  let last: { outcome: CycleOutcome; because: string; endedAtMs: number } | undefined;
  let lastBeatMs = 0;

  const beat = async (nowMs: number) => {
    if (nowMs - lastBeatMs < BEAT_EVERY_MS) return;
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
      if (!(await standing.takeTurn())) return STANDING_BY;
      await runCycle({ ...current, onFacts });
      await beat(current.clock.now());
      return outcomeOfFacts(facts);
    } catch (error) {
      return outcomeOfError(error);
    }
  };

  return {
    facts: () => facts,
    readiness: () => readinessOf(last, patienceMs - (context().clock.now() - (last?.endedAtMs ?? 0))),
    async run() {
      const current = context();
      const startedAtMs = current.clock.now();
      const { outcome, because } = await attempt(current);
      const endedAtMs = current.clock.now();
      if (outcome !== last?.outcome || because !== last.because) logChange(current, { outcome, because });
      last = { outcome, because, endedAtMs };
      metrics.cycleEnded({ outcome, durationMs: endedAtMs - startedAtMs, endedAtMs });
      const rules = current.engines.map(({ rule }) => rule);
      await betweenTurns(metrics.showRules(rules, current.history, endedAtMs));
    },
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
  const journal = code === 'JOURNAL_WRITE_FAILED' || code === 'JOURNAL_READ_FAILED';
  return { outcome: journal ? 'journal_failed' : 'failed', because: messageOf(error) };
}

function logChange({ logger }: Pick<CycleContext, 'logger'>, { outcome, because }: Ended): void {
  if (outcome === 'ok') logger.info('cycles are well');
  else if (outcome === 'standby') logger.info({ because }, 'standing by');
  else logger.error({ outcome, because }, 'cycles are not well, nothing is done on what is not known');
}

function readinessOf(last: Ended | undefined, patienceLeftMs: number): Readiness {
  if (last === undefined) return { ready: false, reason: 'the first cycle has not ended yet' };
  if (patienceLeftMs < 0) {
    return { ready: false, reason: `no cycle has ended in time, for ${formatDuration(-patienceLeftMs)}` };
  }
  if (last.outcome === 'journal_failed' || last.outcome === 'failed') {
    return { ready: false, reason: last.because };
  }
  return { ready: true };
}
