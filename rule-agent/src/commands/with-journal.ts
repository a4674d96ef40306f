import type { AgentConfig } from '../config/index.ts';
import type { JournalReader } from '../journal/index.ts';
import { readConfiguredJournal } from './open-journal.ts';

/**
 * Reads the journal that a configuration names, whether an agent runs on it or not.
 *
 * @throws EvenkeelError as `readConfiguredJournal` does
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
