export { rowsOfEpisode } from './episode-rows.ts';
export type { ChainCheck, Journal, JournalQuery, JournalReader, JournalRow } from './journal.ts';
export { ALONE, type Leader, type Leadership } from './leadership.ts';
export {
  type OpenJournal,
  openOwnJournal,
  openSharedJournal,
  readSharedJournal,
  type SharedJournal,
} from './open-journal.ts';
export { toStoredRow } from './event-body.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { restoreHistory, type Restored, shortenJournal } from './restore.ts';
export { readSqliteJournal } from './sqlite/read-journal.ts';
export { acceptSqliteJournal, copySqliteJournal, openSqliteJournal } from './sqlite/sqlite-journal.ts';
