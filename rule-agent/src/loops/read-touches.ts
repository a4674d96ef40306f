import type { JournalReader } from '../journal/index.ts';
import { type Touch, touchesIn } from '../verification/index.ts';

/** More actions than a rule's past has room for. */
const MOST_ROWS = 2_000;
const KINDS = ['decided', 'started', 'finished', 'verified', 'reverted'] as const;

/** The actions that the journal has since then. One whose decision is older has no longer an effect that is news. */
export async function readTouches(
  journal: Pick<JournalReader, 'find'>,
  sinceMs: number,
): Promise<readonly Touch[]> {
  const rows = await journal.find({ kinds: KINDS, limit: MOST_ROWS });
  return touchesIn(rows.map(({ event }) => event).filter(({ at }) => at >= sinceMs));
}
