import { forgetOldMoves } from './move-book.ts';
import type { HistoryBook } from './history-book.ts';
import { forgetGoneTargets } from './track-book.ts';

/** How long a target whose series are gone is still shown as unknown. */
const SHOW_GONE_TARGETS_MS = 3_600_000;
/** A pause that is over may still be deleted, and a clock that was ahead may be set back. */
const KEEP_ENDED_PAUSES_MS = 86_400_000;

/** Drops what no guard will ask for again: an agent that runs for years is as large as what it watches. */
export function forgetWhatIsOver(history: HistoryBook, nowMs: number): void {
  forgetGoneTargets(history, nowMs - SHOW_GONE_TARGETS_MS, nowMs);
  forgetOldMoves(history, nowMs);
  for (const [id, { endsAt = Infinity }] of history.pauses) {
    if (endsAt < nowMs - KEEP_ENDED_PAUSES_MS) history.pauses.delete(id);
  }
}
