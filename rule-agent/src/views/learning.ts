import { unreadyBaselines } from '../decisions/index.ts';
import { type BaselineProgress, observeBaseline, readBaselineProgress } from '../facts/index.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { Match } from '../model/match.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { toTime } from './shapes.ts';

/** A signal that a rule on a target waits for, because what is normal for it is still being learnt. */
export interface LearningShape {
  signal: string;
  /** Until when, in a sentence; or why that cannot be told. */
  text: string;
  /** At the earliest. */
  ready_at: string | null;
  points: number | null;
  points_needed: number | null;
}

/** What can be asked of Prometheus beside the facts; without it nothing is asked. */
export type Ask = (promql: string) => Promise<QueryResult>;

/**
 * For each match that is held back by a baseline until when that learns. Prometheus is asked when there is one, and for all of them
 * together.
 */
export async function reportLearning(
  heldBack: readonly Match[],
  { facts, maxAgeMs, ask }: { facts: Facts; maxAgeMs: number; ask: Ask | undefined },
): Promise<ReadonlyMap<Match, LearningShape[]>> {
  const unready = heldBack.map((match) => {
    const { rule, target } = match;
    const observe = (signal: string) => observeBaseline(facts.signals, { signal, target, maxAgeMs });
    return { match, baselines: unreadyBaselines(rule, observe) };
  });
  const learning = unready.flatMap(({ baselines }) => baselines.filter(isLearning));
  const signals = [...new Set(learning.map(({ signal }) => signal))];
  const progressOf =
    ask === undefined || signals.length === 0
      ? () => ({ because: 'Prometheus is not asked here' })
      : await readBaselineProgress(signals, ask);
  return new Map(
    unready.map(({ match, baselines }) => [
      match,
      baselines.map(({ signal, ready }) =>
        toShape(signal, ready.status === 'ok' ? progressOf(signal, match.target) : ready),
      ),
    ]),
  );
}

function isLearning({ ready }: { ready: Fact }): boolean {
  return ready.status === 'ok';
}

function toShape(signal: string, progress: BaselineProgress): LearningShape {
  if ('because' in progress) {
    const text = `it cannot be told until when it learns: ${progress.because}`;
    return { signal, text, ready_at: null, points: null, points_needed: null };
  }
  const { points, needed, readyAtMs } = progress;
  const readyAt = toTime(readyAtMs);
  return {
    signal,
    text: `it learns until ${readyAt} at the earliest, if no point is missing until then: ${points} of ${needed} are there`,
    ...{ ready_at: readyAt, points, points_needed: needed },
  };
}
