import type { Decided } from '../model/event.ts';
import type { Unacted } from '../model/history.ts';
import { pointMsFor } from '../model/recorded-points.ts';
import { type EpisodePast, readEpisodePast } from './episode-past.ts';
import type { ReadRange } from './past-query.ts';
import { pastRange } from './past-range.ts';
import type { InconclusiveReason, Question } from './question.ts';
import { type EpisodeTimes, type Known, questionOf } from './question-of.ts';
import { concerns, type Touch } from './touches.ts';

/** What an episode is measured with: the rule as it is in force, the actions of the last weeks, and firings that were left alone. */
export interface Measuring extends Known {
  read: ReadRange;
  /** Whether a verdict has to do with what can be read now. */
  isLastTry: boolean;
}

/** An episode of which it is known when it was sent. */
export type Timed = EpisodeTimes & { decided: Unacted };

/** `nothing`: it will never be known. `failed`: the past could not be read this time. */
export type Asked =
  | { kind: 'question'; question: Question; past: EpisodePast }
  | { kind: 'nothing'; reason: InconclusiveReason; because: string }
  | { kind: 'failed'; because: string };

/** What has to be judged of an episode, with its signal until a time. */
export async function askPast(episode: Timed, untilMs: number, measuring: Measuring): Promise<Asked> {
  const { decided, startedAtMs } = episode;
  const reading = await readEpisodePast({
    ...{ decided, rule: measuring.rule, read: measuring.read, isLastTry: measuring.isLastTry },
    range: pastRange({ startedAtMs, measuredAtMs: untilMs, pointMs: pointMsFor(decided.expect.windowMs) }),
  });
  if (reading.kind === 'failed') return { kind: 'failed', because: reading.because };
  if (reading.kind === 'absent') return { kind: 'nothing', reason: 'missing_data', because: reading.because };
  const { past } = reading;
  return { kind: 'question', question: questionOf(episode, past, measuring), past };
}

/** Another action on the same in the same time, or one whose effect was still coming. */
export function rivalOf(
  decided: Unacted,
  { startedAtMs, measuredAtMs }: Omit<EpisodeTimes, 'settlesAtMs'>,
  touches: readonly Touch[],
): Decided | undefined {
  return touches.find(
    ({ decided: other, fromMs, toMs }) =>
      other.episode !== decided.episode &&
      fromMs <= measuredAtMs &&
      toMs > startedAtMs &&
      concerns(other, decided),
  )?.decided;
}

export function describeRival({ rule }: Decided): string {
  return `${rule} acted on the same at the same time`;
}
