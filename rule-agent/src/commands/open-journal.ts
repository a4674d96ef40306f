import { existsSync } from 'node:fs';
import { type Clock, EvenkeelError, type Logger } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import {
  type JournalReader,
  type OpenJournal,
  openOwnJournal,
  openSharedJournal,
  readSharedJournal,
  readSqliteJournal,
} from '../journal/index.ts';

/**
 * Opens the journal that the configuration names.
 *
 * @throws EvenkeelError JOURNAL_LOCKED, JOURNAL_ROWS_MISSING, JOURNAL_NEWER, JOURNAL_UNREADABLE
 */
export async function openConfiguredJournal(
  { journal }: AgentConfig,
  tools: { clock: Clock; logger: Logger },
): Promise<OpenJournal> {
  // The schema has seen to it that exactly one of the two is there.
  if (journal.postgres === undefined) return openOwnJournal(journal.path!, tools.logger);
  const { url, schema, lease, timeout, advertise = '' } = journal.postgres;
  return openSharedJournal({ url, schema, leaseMs: lease, timeoutMs: timeout, advertise }, tools);
}

/**
 * The same for whoever only reads it: nothing is made or changed, and an agent may go on writing.
 *
 * @throws EvenkeelError JOURNAL_ROWS_MISSING, JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export async function readConfiguredJournal({
  journal: { path, postgres },
}: AgentConfig): Promise<JournalReader> {
  if (postgres !== undefined) {
    const { url, schema, timeout: timeoutMs } = postgres;
    return readSharedJournal({ url, schema, timeoutMs });
  }
  if (existsSync(`${path!}.anchor`) || existsSync(path!)) return readSqliteJournal(path!);
  throw new EvenkeelError('JOURNAL_UNREADABLE', `there is no journal ${path!}`);
}
