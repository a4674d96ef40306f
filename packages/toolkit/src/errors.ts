/** Every error code of Evenkeel with the sentence that docs/errors.md explains further. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  AGENT_UNREACHABLE: 'The rule agent does not answer at the given address.',
  ALREADY_RUNNING: 'npm start runs on this machine already, on the same ports.',
  COMMAND_LINE_INVALID: 'The command line has an unknown flag or a value of the wrong form.',
  CONFIG_INVALID: 'The configuration file has mistakes; each is listed with line, column and hint.',
  CONFIG_UNREADABLE: 'The configuration file cannot be read.',
  DURATION_INVALID: 'A duration is not of the form 1h30m, 15s or 250ms.',
  EPISODE_FAILED: 'A step of an episode did not happen within its deadline.',
  HISTORY_UNREADABLE: 'The past that a simulation is to play cannot be read from Prometheus.',
  JOURNAL_BROKEN: 'The hash chain of the journal does not hold: a row was changed or taken out.',
  JOURNAL_EVENT_INVALID: 'An event cannot be stored in the journal, however often it is tried.',
  JOURNAL_LOCKED: 'Another process has the journal open; one agent runs per journal.',
  JOURNAL_LOST: 'The journal is no longer the one that the agent opened; it does not act.',
  JOURNAL_NEWER: 'The journal was written by a later version of the agent.',
  JOURNAL_READ_FAILED: 'The journal cannot be read just now; the agent does not act until it can.',
  JOURNAL_ROWS_MISSING: 'Rows that were written to the journal are not in it.',
  JOURNAL_STANDBY: 'This agent stands by for another one, which alone may write.',
  JOURNAL_UNREADABLE: 'The journal cannot be opened.',
  JOURNAL_WRITE_FAILED: 'The journal cannot be written; the agent does not act until it can.',
  LISTEN_ADDRESS_INVALID: 'A listen address is not of the form host:port.',
  LISTEN_FAILED: 'The server cannot listen on its address.',
  PART_DOWNLOAD_FAILED: 'A program such as Prometheus is not on this machine and could not be downloaded.',
  PART_EXITED: 'A part of the running system ended by itself.',
  PART_NOT_FOUND: 'A program such as Prometheus is not on this machine and cannot be downloaded for it.',
  PORT_IN_USE: 'Another process listens on the port already.',
  PROFILE_INVALID: 'An inventory profile has mistakes; each is listed with line, column and hint.',
  QUERY_FAILED: 'A database could not be asked for a query that was typed.',
  QUERY_RESULT_INVALID: 'A query gave a value that cannot be read as the number or label it stands for.',
  RULES_CHECK_BUSY: 'Too many rules are being checked at the moment.',
  RULES_INVALID: 'A rule file has mistakes; each is listed with line, column and hint.',
  RULES_TOO_COSTLY: 'Reading rules that were sent took too long or too much memory.',
  SECRET_UNREADABLE: 'A file that should hold a secret cannot be read or is empty.',
  START_FAILED: 'A part of the system did not start.',
  TOKEN_REFUSED: 'A token could not be created or revoked.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  cause?: unknown;
  /** What the reader can do about it, one sentence. */
  hint?: string;
}

/** An error that a person will read: a stable code, a message without secrets, and what to do about it. */
export class EvenkeelError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'EvenkeelError';
    this.code = code;
    this.hint = details.hint;
  }
}

/** The message of anything thrown, for a log line or a problem's detail. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  return isErrorLike(error) ? error.message : String(error);
}

/** Not `instanceof`: an error may come from another realm, such as a worker or a test's sandbox. */
function isErrorLike(error: unknown): error is { message: string } {
  return typeof error === 'object' && error !== null && typeof (error as Error).message === 'string';
}

/** What a person at a terminal sees of an error: the message, the hint, the code to look up. */
export function renderError(error: unknown): string {
  if (!(error instanceof EvenkeelError)) return `error: ${messageOf(error)}`;
  const hint = error.hint === undefined ? '' : `\n  hint: ${error.hint}`;
  return `error: ${error.message} [${error.code}]${hint}`;
}
