import { messageOf } from '@evenkeel/toolkit';
import type { Anchor } from '../anchor.ts';
import { checkChain } from '../hash-chain.ts';
import { resetAnchor, writeAnchor } from './anchor-file.ts';
import { lost, watchFiles } from './file-watch.ts';
import { filesOf } from './journal-files.ts';
import { openDatabaseToRead, type OpenDatabase } from './open-database.ts';
import { promised } from './promised.ts';
import { headOf, readSnapshot, rowsAfter } from './rows.ts';

/** Writes only to files that are still those that were opened, and notes the last row beside them. */
export interface WatchedJournal {
  /** @throws EvenkeelError JOURNAL_LOST */
  check: () => Promise<void>;
  /** @throws EvenkeelError JOURNAL_LOST, and what the work throws */
  write: <Result>(work: () => Result) => Promise<Result>;
}

export function watchJournal({ file, database }: OpenDatabase): WatchedJournal {
  const { anchor } = filesOf(file);
  const watch = watchFiles(file);
  let head = headOf(database);
  let anchorFault: string | undefined;

  const noteHead = (note: typeof writeAnchor) => {
    try {
      note(anchor, head);
      anchorFault = undefined;
    } catch (error) {
      // What was written is written: the next cycle says that its note is not.
      anchorFault = messageOf(error);
    }
  };
  noteHead(resetAnchor);

  /** What somebody else sees who opens the file now has to be what we have written, row by row. */
  const checkContent = async () => {
    const fault = await faultOf(file, head).catch(messageOf);
    if (fault !== undefined) throw lost(`somebody else has written to it: ${fault}`);
    watch.noteOwnWrite();
  };
  const afterWrite = () => {
    watch.noteOwnWrite();
    if (!database.isOpen) return;
    const { seq } = head;
    head = headOf(database);
    if (head.seq !== seq) noteHead(writeAnchor);
  };
  return {
    async check() {
      if (watch.hasForeignWrite()) await checkContent();
      if (anchorFault !== undefined) noteHead(writeAnchor);
      if (anchorFault !== undefined) throw lost(`its last row cannot be noted in ${anchor}: ${anchorFault}`);
    },
    write: (work) =>
      promised(() => {
        if (watch.hasForeignWrite())
          throw lost('another program has written to it, and its rows are being checked');
        try {
          return work();
        } finally {
          afterWrite();
        }
      }),
  };
}

/** What is wrong with a journal that whoever opens it now finds; nothing when it ends in the row that is known. */
async function faultOf(file: string, head: Anchor): Promise<string | undefined> {
  const { database, close } = openDatabaseToRead(file);
  try {
    const chain = await checkChain(readSnapshot(database), rowsAfter(database, 0));
    if (!chain.intact) return `row ${chain.brokenAtSeq}: ${chain.because}`;
    return chain.headHash === head.hash ? undefined : 'its last row is not the last one that was written';
  } finally {
    close();
  }
}
