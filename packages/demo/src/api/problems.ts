import { HttpProblem } from '@evenkeel/toolkit';
import type { ErrorRequestHandler, Request } from 'express';
import { z } from 'zod';
import { CarrierError, CarrierPaused } from '../carrier/index.ts';
import { codeOf } from '../database/index.ts';
import { Refusal, type RefusalCode, REFUSALS } from '../warehouse/index.ts';

const STATUS_BY_REFUSAL: Readonly<Partial<Record<RefusalCode, number>>> = {
  ORDER_UNKNOWN: 404,
  PURCHASE_ORDER_UNKNOWN: 404,
  PRODUCT_UNKNOWN: 404,
  SKU_UNKNOWN: 422,
  TIME_OUT_OF_RANGE: 422,
};
const CONFLICT = 409;
const MOST_SHOWN_MISTAKES = 20;
// Lost or refused connections, as Node and PostgreSQL (class 08, 57P0x, 53300) name them.
const UNAVAILABLE = /^(?:ECONN|EPIPE|ETIMEDOUT|08|57P0|53300)/;
const POOL_MESSAGE = /timeout exceeded when trying to connect|Connection terminated/;

/** Reads a body, a query or a parameter. @throws HttpProblem 400 that names every mistake with its place */
export function parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues
    .slice(0, MOST_SHOWN_MISTAKES)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = errors;
  throw new HttpProblem({
    status: 400,
    title: 'Bad request',
    code: 'REQUEST_INVALID',
    detail:
      first === undefined || first.path === '' ? (first?.message ?? '') : `${first.path}: ${first.message}`,
    extra: { errors },
  });
}

/** Reads a JSON body. @throws HttpProblem 415 when it is not said to be JSON, or 400 */
export function parseBody<Output>(schema: z.ZodType<Output>, request: Request): Output {
  if (request.body === undefined && request.get('content-type') !== undefined) {
    throw new HttpProblem({
      status: 415,
      title: 'Not JSON',
      code: 'JSON_REQUIRED',
      detail: 'send the body as application/json',
    });
  }
  return parse(schema, request.body ?? {});
}

/** Turns what the warehouse throws into problems; anything else goes on as it is. */
// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
export const translateErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof CarrierPaused) response.set('Retry-After', String(error.retryAfterSeconds));
  next(toProblem(error));
};

function toProblem(error: unknown): unknown {
  if (error instanceof Refusal) {
    return new HttpProblem({
      status: STATUS_BY_REFUSAL[error.code] ?? CONFLICT,
      title: REFUSALS[error.code],
      code: error.code,
      detail: error.message,
      extra: error.extra,
    });
  }
  if (error instanceof CarrierError) {
    return new HttpProblem({
      status: 502,
      title: 'Carrier failed',
      code: 'CARRIER_FAILED',
      detail: error.message,
    });
  }
  if (error instanceof CarrierPaused) {
    return new HttpProblem({
      status: 503,
      title: 'Carrier paused',
      code: 'CARRIER_PAUSED',
      detail: error.message,
    });
  }
  if (isDatabaseUnavailable(error)) {
    return new HttpProblem({ status: 503, title: 'Database unavailable', code: 'DATABASE_UNAVAILABLE' });
  }
  return error;
}

function isDatabaseUnavailable(error: unknown): boolean {
  return (
    error instanceof Error && (UNAVAILABLE.test(codeOf(error) ?? '') || POOL_MESSAGE.test(error.message))
  );
}
