import type { JournalReader, JournalRow } from './journal.ts';

/** No episode has more rows than this: decision, approvals, two starts, end, verdict, and a revert. */
const MOST_ROWS = 50;

/** What the journal has of an episode, oldest first; nothing when there is none of that name. */
export async function rowsOfEpisode(journal: JournalReader, episode: string): Promise<JournalRow[]> {
  return (await journal.find({ episode, limit: MOST_ROWS })).reverse();
}
