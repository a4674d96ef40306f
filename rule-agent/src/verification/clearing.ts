import type { Unacted } from '../model/history.ts';
import type { Judgement, TimeToClear } from '../model/judgement.ts';
import type { EpisodePast } from './episode-past.ts';
import { type PastFiring, playRule } from './past-firings.ts';
import type { PointRange } from './question.ts';
import { type EpisodeTimes, type Known, touchedIn } from './question-of.ts';
import { type Lasting, quartilesOf } from './time-to-clear.ts';

/** Fewer say nothing of how long it takes. */
const FEWEST = 5;
/** Points within which an action came at once: a rule sees its firing a moment before the points of the past show it. */
const AT_ONCE = 2;

/** When the condition of a rule had cleared after an action, and how long that took where nothing was done. No part of the verdict. */
export function clearingOf(
  { decided, startedAtMs }: Pick<EpisodeTimes, 'startedAtMs'> & { decided: Unacted },
  { signal, facts }: EpisodePast,
  { rule, actions }: Pick<Known, 'rule' | 'actions'>,
): Pick<Judgement, 'clearedAfterMs' | 'timeToClear'> {
  if (rule === undefined) return {};
  const { pointMs, firstMs, values } = signal;
  const before = Math.floor((startedAtMs - firstMs) / pointMs);
  const firings = playRule(rule, { pointMs, points: values.length, values: facts });
  const touched = touchedIn(signal, actions, decided);
  const past = firings.filter(({ nth, at, endsAt }) => nth === 1 && at < before && endsAt <= before);
  const judged = firings.find(({ at, endsAt }) => at <= before && endsAt > before);
  return {
    ...(judged?.cleared === true && { clearedAfterMs: (judged.endsAt - before) * pointMs }),
    ...timeToClearOf(past.flatMap((firing) => lastingOf(firing, { touched, pointMs }))),
  };
}

/** For how long a firing was left alone: until it cleared, nobody knew, or something was done. */
function lastingOf(
  { at, endsAt, cleared }: PastFiring,
  { touched, pointMs }: { touched: readonly PointRange[]; pointMs: number },
): Lasting[] {
  const actedAt = Math.min(...touched.filter(({ to }) => to >= at).map(({ from }) => from));
  if (actedAt <= at + AT_ONCE) return [];
  return [{ forMs: (Math.min(endsAt, actedAt) - at) * pointMs, cleared: cleared && endsAt < actedAt }];
}

function timeToClearOf(lastings: readonly Lasting[]): { timeToClear?: TimeToClear } {
  if (lastings.length < FEWEST) return {};
  return { timeToClear: { firings: lastings.length, ...quartilesOf(lastings) } };
}
