export type { ChainCheck, Journal, JournalQuery, JournalRow } from './journal.ts';
export { ALONE, type Leader, type Leadership } from './leadership.ts';
export { type OpenJournal, openOwnJournal, openSharedJournal, type SharedJournal } from './open-journal.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { restoreHistory, type Restored, shortenJournal } from './restore.ts';
export { openSqliteJournal } from './sqlite/sqlite-journal.ts';
