import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { findMissing, requireKnownRow } from '../anchor.ts';
import { toJournalRow } from '../event-body.ts';
import { checkChain, type StoredRow } from '../hash-chain.ts';
import type { ChainCheck, JournalReader } from '../journal.ts';
import { readAnchor } from './anchor-file.ts';
import { filesOf } from './journal-files.ts';
import { openDatabaseToRead } from './open-database.ts';
import { promised } from './promised.ts';
import { findRows, hashAt, lastBeat, lastSeqBefore, readSnapshot, someRowsAfter } from './rows.ts';

/**
 * Reads a SQLite file on which an agent may run, or start: whoever has it open keeps an agent from starting, so that it is open for
 * each read alone, and for no longer than it takes to read some rows. See `openDatabaseToRead` for the errors of every method.
 *
 * @throws EvenkeelError JOURNAL_ROWS_MISSING when there is no file where one is known
 */
export function readSqliteJournal(file: string): JournalReader {
  // Before the rows: an agent may add some meanwhile.
  const anchor = readAnchor(filesOf(file).anchor);
  if (!existsSync(file)) requireKnownRow(file, anchor, undefined);
  const read = <Result>(look: (database: DatabaseSync) => Result) => promised(() => lookInto(file, look));
  return {
    find: (query) => read((database) => findRows(database, query)),
    async *replay(afterSeq) {
      for await (const row of inPages(file, afterSeq)) yield toJournalRow(row);
    },
    snapshot: () => read(readSnapshot),
    lastSeqBefore: (atMs) => read((database) => lastSeqBefore(database, atMs)),
    async verifyChain() {
      const check = await checkOfOneState(file);
      const missing =
        check.intact &&
        findMissing(anchor, anchor && (await read((database) => hashAt(database, anchor.seq))));
      return missing ? { intact: false, brokenAtSeq: anchor!.seq, because: missing } : check;
    },
    lastBeatMs: () => read(lastBeat),
    close: () => Promise.resolve(),
  };
}

/** The agent that runs may take out rows meanwhile: then the chain begins elsewhere, and is checked anew. */
async function checkOfOneState(file: string): Promise<ChainCheck> {
  for (;;) {
    const snapshot = lookInto(file, readSnapshot);
    const check = await checkChain(snapshot, inPages(file, 0));
    if (check.intact || lookInto(file, readSnapshot)?.seq === snapshot?.seq) return check;
  }
}

async function* inPages(file: string, afterSeq: number): AsyncGenerator<StoredRow> {
  let seq = afterSeq;
  for (;;) {
    const rows = await promised(() => lookInto(file, (database) => someRowsAfter(database, seq)));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
  }
}

function lookInto<Result>(file: string, look: (database: DatabaseSync) => Result): Result {
  const { database, close } = openDatabaseToRead(file);
  try {
    return look(database);
  } finally {
    close();
  }
}
