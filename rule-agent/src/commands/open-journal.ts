import type { Clock, Logger } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { type OpenJournal, openOwnJournal, openSharedJournal } from '../journal/index.ts';

/** Opens the journal that the configuration names. @throws EvenkeelError JOURNAL_LOCKED, JOURNAL_NEWER, JOURNAL_UNREADABLE */
export async function openConfiguredJournal(
  { journal }: AgentConfig,
  surroundings: { clock: Clock; logger: Logger; mustExist?: boolean },
): Promise<OpenJournal> {
  // The schema has seen to it that exactly one of the two is there.
  if (journal.postgres === undefined) return openOwnJournal(journal.path!);
  const { url, schema, lease, timeout, advertise = '' } = journal.postgres;
  const { mustExist = false } = surroundings;
  const shared = { url, schema, leaseMs: lease, timeoutMs: timeout, advertise, mustExist };
  return openSharedJournal(shared, surroundings);
}
