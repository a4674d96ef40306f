import { HttpProblem, messageOf } from '@evenkeel/toolkit';

/** Writes to the journal, or answers 503: the client may, and Alertmanager will, try again. */
export async function journalOrProblem<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw new HttpProblem({
      status: 503,
      title: 'Not recorded',
      code: 'JOURNAL_WRITE_FAILED',
      detail: messageOf(error),
    });
  }
}
