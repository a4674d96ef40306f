export type { ChainCheck, Journal, JournalQuery, JournalRow } from './journal.ts';
export { openSqliteJournal } from './sqlite-journal.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { restoreHistory } from './restore.ts';
