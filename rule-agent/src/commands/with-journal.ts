import { existsSync } from 'node:fs';
import { EvenkeelError, silentLogger, systemClock } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { type JournalReader, readSqliteJournal } from '../journal/index.ts';
import { openConfiguredJournal } from './open-journal.ts';

/**
 * Reads the journal that a configuration names, whether an agent runs on it or not.
 *
 * @throws EvenkeelError JOURNAL_NEWER or JOURNAL_UNREADABLE
 */
export async function withJournal<Result>(
  config: AgentConfig,
  work: (journal: JournalReader) => Promise<Result>,
): Promise<Result> {
  const journal = await readConfiguredJournal(config);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

async function readConfiguredJournal(config: AgentConfig): Promise<JournalReader> {
  const { path } = config.journal;
  if (path === undefined) {
    return (
      await openConfiguredJournal(config, { clock: systemClock, logger: silentLogger(), mustExist: true })
    ).journal;
  }
  if (existsSync(path)) return readSqliteJournal(path);
  throw new EvenkeelError('JOURNAL_UNREADABLE', `there is no journal ${path}`);
}
