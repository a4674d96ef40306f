import type { JournalReader } from '../journal/index.ts';
import { isMessage } from '../actions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import { type PastActions, type Touch, touchesIn } from '../verification/index.ts';

/** Later steps of an episode that say when it touched something. */
const STEPS: readonly string[] = [
  'started',
  'finished',
  'verified',
  'reverted',
] satisfies JournalEvent['kind'][];
/** What is decided may wait so long for a person before it is sent. */
const MOST_DELAY_MS = 86_400_000;

/**
 * Reads the actions since a time. The journal is read once, from there on; after that only its new rows, so that each verdict may ask.
 * Rows that were taken out of the journal tell nothing: `knownFromMs` says since when all actions are known.
 */
export function createTouchReader(
  journal: Pick<JournalReader, 'replay' | 'snapshot' | 'lastSeqBefore'>,
): (sinceMs: number) => Promise<PastActions> {
  const episodes = new Map<string, JournalEvent[]>();
  let position: { seq: number; isShortened: boolean } | undefined;
  let knownFromMs = -Infinity;

  const enter = (event: JournalEvent) => {
    if (event.kind === 'decided') {
      // One in shadow mode sends nothing.
      if (event.mode !== 'shadow' && !isMessage(event.action)) episodes.set(event.episode, [event]);
    } else if ('episode' in event && STEPS.includes(event.kind)) {
      episodes.get(event.episode)?.push(event);
    }
  };
  return async (sinceMs) => {
    position ??= await startOf(journal, sinceMs - MOST_DELAY_MS);
    for await (const { seq, event } of journal.replay(position.seq)) {
      if (position.isShortened) knownFromMs = event.at;
      position = { seq, isShortened: false };
      enter(event);
    }
    const touches = touchesIn([...episodes.values()].flat()).filter(({ toMs }) => toMs >= sinceMs);
    forgetAllBut(episodes, touches, sinceMs);
    return { touches, knownFromMs };
  };
}

async function startOf(journal: Pick<JournalReader, 'snapshot' | 'lastSeqBefore'>, sinceMs: number) {
  const before = await journal.lastSeqBefore(sinceMs);
  const snapshot = await journal.snapshot();
  const isShortened = snapshot !== undefined && snapshot.seq >= before;
  return { seq: isShortened ? snapshot.seq : before, isShortened };
}

/** Those that have touched nothing yet may still do so. */
function forgetAllBut(
  episodes: Map<string, JournalEvent[]>,
  touches: readonly Touch[],
  sinceMs: number,
): void {
  const kept = new Set(touches.map(({ decided }) => decided.episode));
  for (const [episode, events] of episodes) {
    const waits = events.length === 1 && events[0]!.at >= sinceMs - MOST_DELAY_MS;
    if (!waits && !kept.has(episode)) episodes.delete(episode);
  }
}
