import type { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { DURATION } from '@evenkeel/signals/duration';
import { HttpProblem } from '@evenkeel/toolkit';
import type { ApiContext } from './context.ts';
import type { Contract } from './contract.ts';
import { invalidInput, type Mistake } from './problems.ts';

/** Holds requests, and in tests answers, against the contract. */
export function validate({ document }: Contract, { checkAnswers }: ApiContext): RequestHandler[] {
  return middleware({
    // The validator resolves references in place.
    apiSpec: structuredClone(document) as Parameters<typeof middleware>[0]['apiSpec'],
    // `npm run generate` has read it, and it is ours.
    validateApiSpec: false,
    validateRequests: { allErrors: true },
    validateResponses: checkAnswers,
    validateSecurity: false,
    ignoreUndocumented: true,
  }) as RequestHandler[];
}

/** Nobody reads more; a body of thousands of unknown keys would have an answer that is longer than itself. */
const MOST_MISTAKES = 50;

interface Finding {
  path: string;
  message: string;
  errorCode?: string;
}

/** Turns what the validator found into a problem that names every mistake. */
// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
export const explainFindings: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  const { status, errors } = error as { status?: number; errors?: Finding[] };
  if (errors === undefined || error instanceof HttpProblem) next(error);
  else if (status === 415) next(wrongMediaType(errors));
  else if (status === 400) next(invalidInput(errors.slice(0, MOST_MISTAKES).map(toMistake)));
  else next(error);
};

function toMistake({ path, message, errorCode = '' }: Finding): Mistake {
  const field = path.split('/').slice(2).join('.');
  return { field, message: wording(errorCode.split('.')[0] ?? '', message) };
}

function wording(keyword: string, message: string): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not known';
    case 'format':
      return 'expected a time such as 2026-01-31T12:00:00Z';
    case 'pattern':
      return message.includes(DURATION.source) ? 'expected a duration such as 30s, 5m or 1h30m' : message;
    default:
      return message;
  }
}

function wrongMediaType(errors: readonly Finding[]): HttpProblem {
  return new HttpProblem({
    status: 415,
    title: 'Media type not supported',
    code: 'MEDIA_TYPE_UNSUPPORTED',
    detail: errors.map(({ message }) => message).join('; '),
  });
}
