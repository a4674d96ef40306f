import { isMessage } from '../actions/index.ts';
import type { Decided } from '../model/event.ts';
import type { OpenEpisode, Unacted } from '../model/history.ts';
import { pointMsFor } from '../model/recorded-points.ts';
import { readEpisodePast } from './episode-past.ts';
import { judge } from './judge.ts';
import { type Measured, nothing } from './measured.ts';
import type { ReadRange } from './past-query.ts';
import { measureSwitchback } from './measure-switchback.ts';
import { pastRange } from './past-range.ts';
import { type EpisodeTimes, type Known, questionOf } from './question-of.ts';
import { concerns, type Touch } from './touches.ts';

/** What an episode is measured with: the rule as it is in force, the actions of the last weeks, and firings that were left alone. */
export interface Measuring extends Known {
  read: ReadRange;
  /** Whether a verdict has to do with what can be read now. */
  isLastTry: boolean;
}

/** An episode with its times: of one that was left alone those that it would have had. */
export type Watched = Pick<OpenEpisode, 'startedAtMs' | 'settlesAtMs' | 'measuredAtMs' | 'switchback'> & {
  decided: Unacted & Pick<Decided, 'switchbackOrder'>;
};

/** Measures what an action did to the signal that it was to move. The end of its window has to have passed. */
export async function measure(
  { decided, switchback, ...times }: Watched,
  measuring: Measuring,
): Promise<Measured> {
  if (isMessage(decided.action)) return nothing('not_measured', 'a message moves no signal');
  if (decided.expect.windowMs === 0) {
    return nothing('not_measured', 'the rule has no expect.window to measure over');
  }
  if (!isComplete(times)) return nothing('not_measured', 'it is not known when it was sent');
  const rival = rivalOf(decided, times, measuring.actions.touches);
  if (rival !== undefined) return nothing('confounded', `${rival.rule} acted on the same at the same time`);
  if (switchback !== undefined) return measureSwitchback({ decided, switchback }, measuring.read);
  const reading = await readEpisodePast({
    ...{ decided, rule: measuring.rule, read: measuring.read, isLastTry: measuring.isLastTry },
    range: pastRange({ ...times, pointMs: pointMsFor(decided.expect.windowMs) }),
  });
  if (reading.kind === 'failed') return { ok: false, because: reading.because };
  if (reading.kind === 'absent') return nothing('missing_data', reading.because);
  return { ok: true, judgement: judge(questionOf({ decided, ...times }, reading.past, measuring)) };
}

function isComplete(times: Omit<Watched, 'decided'>): times is EpisodeTimes {
  return (
    times.startedAtMs !== undefined && times.settlesAtMs !== undefined && times.measuredAtMs !== undefined
  );
}

/** Another action on the same in the same time, or one whose effect was still coming. */
export function rivalOf(
  decided: Unacted,
  { startedAtMs, measuredAtMs }: EpisodeTimes,
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
