import { EvenkeelError, HttpProblem, messageOf } from '@evenkeel/toolkit';
import type { Leadership } from '../journal/index.ts';

export function notFound(detail: string): HttpProblem {
  return new HttpProblem({ status: 404, title: 'Not found', code: 'NOT_FOUND', detail });
}

export function conflict(code: string, detail: string): HttpProblem {
  return new HttpProblem({ status: 409, title: 'Not in this state', code, detail });
}

export interface Mistake {
  field: string;
  message: string;
}

/** A 422 that names every mistake. */
export function invalidInput(mistakes: readonly Mistake[], code = 'INPUT_INVALID'): HttpProblem {
  return new HttpProblem({
    status: 422,
    title: 'Input not valid',
    code,
    detail: mistakes
      .map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))
      .join('; '),
    extra: { mistakes },
  });
}

/** Writes to the journal, or answers 503: the client may, and Alertmanager will, try again. */
export async function journalOrProblem<Result>(
  leadership: Leadership,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    if (error instanceof EvenkeelError && error.code === 'JOURNAL_STANDBY') throw standby(leadership);
    throw new HttpProblem({
      status: 503,
      title: 'Not recorded',
      code: error instanceof EvenkeelError ? error.code : 'JOURNAL_WRITE_FAILED',
      detail: messageOf(error),
    });
  }
}

/** What the journal cannot give just now may be asked for again. */
export function orUnreadable(error: unknown): unknown {
  if (!(error instanceof EvenkeelError) || error.code !== 'JOURNAL_READ_FAILED') return error;
  return new HttpProblem({
    status: 503,
    title: 'Not readable just now',
    code: 'JOURNAL_READ_FAILED',
    detail: error.message,
  });
}

/** Only the leader may change something. */
export function standby({ leader }: Leadership): HttpProblem {
  const { holder, url = '' } = leader() ?? {};
  const where = url === '' ? 'send it to the agent that leads' : `send it to ${url}`;
  return new HttpProblem({
    status: 503,
    title: 'Standing by',
    code: 'JOURNAL_STANDBY',
    detail: `this agent stands by for another one; ${where}`,
    extra: { leader: { holder: holder ?? null, url: url === '' ? null : url } },
  });
}
