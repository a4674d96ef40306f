import { EvenkeelError } from '@evenkeel/toolkit';
import { emptyHistory, type HistoryBook, record, resumeFirings } from '../decisions/index.ts';
import type { Journal } from './journal.ts';

/**
 * The history as the journal tells it: cooldowns, firings, open episodes, pauses, what the budget has used.
 *
 * @throws EvenkeelError JOURNAL_BROKEN: limits that rest on a record that was tampered with are no limits
 */
export async function restoreHistory(journal: Journal): Promise<HistoryBook> {
  const chain = await journal.verifyChain();
  if (!chain.intact) {
    throw new EvenkeelError(
      'JOURNAL_BROKEN',
      `the journal is broken at row ${chain.brokenAtSeq}: ${chain.because}`,
      {
        hint: 'keep the file as evidence and move it away; the agent then starts with an empty one, without cooldowns',
      },
    );
  }
  const history = emptyHistory();
  for (const event of journal.replay()) record(history, event);
  resumeFirings(history, await journal.lastBeatMs());
  return history;
}
