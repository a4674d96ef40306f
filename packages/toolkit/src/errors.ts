export interface ErrorDetails {
  cause?: unknown;
  /** What the reader can do about it, one sentence. */
  hint?: string;
}

/** An error that a person will read: a stable code, a message without secrets, and what to do about it. */
export class EvenkeelError extends Error {
  /** One of the `error-codes.ts` of a package; a test holds them against docs/errors.md. */
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
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
