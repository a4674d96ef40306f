import { EvenkeelError } from '@evenkeel/toolkit';
import {
  emptyHistory,
  fromSnapshot,
  type HistoryBook,
  record,
  resumeFirings,
  toSnapshot,
} from '../decisions/index.ts';
import type { Journal, JournalReader } from './journal.ts';

export interface Restored {
  history: HistoryBook;
  /** The row up to which the history knows the journal. */
  seq: number;
}

/**
 * The history as the journal tells it: cooldowns, firings, open episodes, pauses, what the budget has used.
 *
 * @throws EvenkeelError JOURNAL_BROKEN: limits that rest on a record that was tampered with are no limits
 */
export async function restoreHistory(journal: JournalReader): Promise<Restored> {
  await requireIntact(journal);
  const restored = await historyUpTo(journal, Infinity);
  resumeFirings(restored.history, await journal.lastBeatMs());
  return restored;
}

/**
 * Takes out the rows that are older than a time; their state stays, as a snapshot that the chain goes on from.
 *
 * @returns how many rows were taken out
 */
export async function shortenJournal(journal: Journal, beforeMs: number): Promise<number> {
  const before = (await journal.snapshot())?.seq ?? 0;
  const upTo = await journal.lastSeqBefore(beforeMs);
  if (upTo <= before) return 0;
  const { history, seq } = await historyUpTo(journal, upTo);
  await journal.shorten({ seq, state: toSnapshot(history) });
  return seq - before;
}

/** @throws EvenkeelError JOURNAL_BROKEN */
async function requireIntact(journal: JournalReader): Promise<void> {
  const chain = await journal.verifyChain();
  if (chain.intact) return;
  throw new EvenkeelError(
    'JOURNAL_BROKEN',
    `the journal is broken at row ${chain.brokenAtSeq}: ${chain.because}`,
    {
      hint: 'keep it as evidence: move it away with the files beside it (-wal, -shm, .anchor); the agent then starts with an empty one, without cooldowns',
    },
  );
}

async function historyUpTo(journal: JournalReader, lastSeq: number): Promise<Restored> {
  const snapshot = await journal.snapshot();
  const history = snapshot === undefined ? emptyHistory() : fromSnapshot(snapshot.state);
  let seq = snapshot?.seq ?? 0;
  for await (const row of journal.replay(seq)) {
    if (row.seq > lastSeq) break;
    if (row.seq !== seq + 1) throw shortenedMeanwhile(seq + 1);
    record(history, row.event);
    seq = row.seq;
  }
  return { history, seq };
}

/** The agent that leads takes out old rows once a day. */
function shortenedMeanwhile(seq: number): EvenkeelError {
  return new EvenkeelError(
    'JOURNAL_READ_FAILED',
    `row ${seq} of the journal was taken out while it was read`,
    {
      hint: 'try again',
    },
  );
}
