import { isMessage } from '../actions/index.ts';
import type { Decided } from '../model/event.ts';
import type { OpenEpisode, Unacted } from '../model/history.ts';
import { askPast, describeRival, type Measuring, rivalOf } from './ask-past.ts';
import { clearingOf } from './clearing.ts';
import { judge } from './judge.ts';
import { type Measured, nothing } from './measured.ts';
import { measureSwitchback } from './measure-switchback.ts';
import type { EpisodeTimes } from './question-of.ts';

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
  const episode = { decided, ...times };
  const rival = rivalOf(decided, times, measuring.actions.touches);
  if (rival !== undefined) return nothing('confounded', describeRival(rival));
  if (switchback !== undefined) return measureSwitchback({ decided, switchback }, measuring.read);
  const asked = await askPast(episode, times.measuredAtMs, measuring);
  if (asked.kind === 'failed') return { ok: false, because: asked.because };
  if (asked.kind === 'nothing') return nothing(asked.reason, asked.because);
  return { ok: true, judgement: { ...judge(asked.question), ...clearingOf(episode, asked.past, measuring) } };
}

function isComplete(times: Omit<Watched, 'decided'>): times is EpisodeTimes {
  return (
    times.startedAtMs !== undefined && times.settlesAtMs !== undefined && times.measuredAtMs !== undefined
  );
}
