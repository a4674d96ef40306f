import { isMessage, resourceOf } from '../actions/index.ts';
import type { Decided, JournalEvent } from '../model/event.ts';
import type { Unacted } from '../model/history.ts';
import { coversLabels } from '../model/target.ts';

/** A time in which an action may have moved a signal, by itself or by what it set. */
export interface Touch {
  decided: Decided;
  fromMs: number;
  /** Until its effect has shown or gone; of one that is under way, the end of time. */
  toMs: number;
}

/** The actions of the past, as far as they are known. */
export interface PastActions {
  touches: readonly Touch[];
  /** What was done before is not known: what the signal did until then may have been moved by an action. */
  knownFromMs: number;
}

export const NO_ACTIONS: PastActions = { touches: [], knownFromMs: -Infinity };

/** The actions in some events, of whole episodes, in any order. Messages move nothing. */
export function touchesIn(events: readonly JournalEvent[]): Touch[] {
  const byEpisode = Map.groupBy(
    events.filter((event) => 'episode' in event),
    (event) => event.episode,
  );
  return [...byEpisode.values()].flatMap((ofEpisode) => {
    const decided = ofEpisode.find((event) => event.kind === 'decided');
    const started = ofEpisode.filter((event) => event.kind === 'started').map(({ at }) => at);
    if (decided === undefined || started.length === 0 || isMessage(decided.action)) return [];
    return [{ decided, fromMs: Math.min(...started), toMs: endOf(decided, ofEpisode) }];
  });
}

/** Whether an action may have moved what another one is judged by: the same signal of the same target, or the same knob. */
export function concerns(touch: Decided, { expect, target, action }: Unacted): boolean {
  const sameTarget = coversLabels(touch.target, target) || coversLabels(target, touch.target);
  if (sameTarget && touch.expect.signal === expect.signal) return true;
  const resource = resourceOf(action, target);
  return resource !== undefined && resource === resourceOf(touch.action, touch.target);
}

const ENDS = ['verified', 'reverted', 'finished'];

/** An effect that was asked for shows within the time to settle, and goes within it. */
function endOf({ expect }: Decided, events: readonly JournalEvent[]): number {
  const ends = events.filter(({ kind }) => ENDS.includes(kind)).map(({ at }) => at);
  const isOpen = !events.some(({ kind }) => kind === 'verified' || kind === 'reverted');
  const isApplied = events.some((event) => event.kind === 'finished' && event.outcome === 'applied');
  return isOpen && (isApplied || ends.length === 0) ? Infinity : Math.max(...ends) + expect.settleMs;
}
