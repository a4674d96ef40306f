import type { Decided, Finished } from '../model/event.ts';
import type { FiringMessage, Track } from '../model/history.ts';
import { forgetFiring } from './track-book.ts';

/** The firing goes on after its message was decided, and remembers it: there is one message for a firing. */
export function keepForMessage(track: Track, { at, mode }: Decided): void {
  delete track.suppression;
  if (track.firing === undefined) return;
  track.firing = {
    ...track.firing,
    message: { state: mode === 'shadow' ? 'shadow' : 'under_way', atMs: at },
  };
}

const STATES: Readonly<Partial<Record<Finished['outcome'], FiringMessage['state']>>> = {
  applied: 'sent',
  nothing_to_do: 'sent',
  unclear: 'unclear',
};

/** What became of the message of a firing; one that was not sent may be decided again. */
export function settleMessage(track: Track, decided: Decided, { at, outcome }: Finished): void {
  const state = STATES[outcome];
  if (state === undefined) releaseFiring(track, decided);
  else if (isUnderWay(track, decided)) track.firing = { ...track.firing!, message: { state, atMs: at } };
}

/** Nothing was sent: as after any other action, a condition that goes on holding has to fulfil `for` again. */
export function releaseFiring(track: Track, decided: Decided): void {
  if (isUnderWay(track, decided)) forgetFiring(track);
}

/** Whether the firing is the one that the message was decided for, and no later one. */
function isUnderWay({ firing }: Track, { firingStart }: Decided): boolean {
  return firing?.message?.state === 'under_way' && firing.sinceMs === firingStart;
}
