import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** An HTTP error as RFC 9457 describes it. `code` is stable, `detail` is for a person. */
export interface Problem {
  status: number;
  title: string;
  code: string;
  detail?: string;
  /** Further members of the problem object. */
  extra?: Readonly<Record<string, unknown>>;
}

/** Thrown in a route to answer with a problem. */
export class HttpProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'HttpProblem';
    this.problem = problem;
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  const { status, title, code, detail, extra } = problem;
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:evenkeel:problem:${code}`, status, title, code, detail, ...extra }));
}

export const notFound: RequestHandler = (request, response) => {
  sendProblem(response, {
    status: 404,
    title: 'Not found',
    code: 'NOT_FOUND',
    detail: `there is no ${request.method} ${request.path}`,
  });
};

/** Answers every method that has no route at a path: 405, with those that have one. */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allowed = methods.map((method) => method.toUpperCase()).join(', ');
  return (request, response) => {
    response.set('Allow', allowed);
    sendProblem(response, {
      status: 405,
      title: 'Method not allowed',
      code: 'METHOD_NOT_ALLOWED',
      detail: `${request.path} takes ${allowed}, not ${request.method}`,
    });
  };
}

/** The last handler: problems as they are, refused bodies as 4xx, anything else as a 500 that tells nothing but is logged. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    if (problem.status >= 500 && !(error instanceof HttpProblem)) {
      logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    }
    sendProblem(response, problem);
  };
}

/** What the body parser says, by its own names. */
const BODY_CODES: Readonly<Record<string, string>> = {
  'charset.unsupported': 'CHARSET_UNSUPPORTED',
  'encoding.unsupported': 'ENCODING_UNSUPPORTED',
  'entity.parse.failed': 'ENTITY_PARSE_FAILED',
  'entity.too.large': 'ENTITY_TOO_LARGE',
};

/** What express and its body parser throw carries a status, and `expose` when the message may be shown. */
function toProblem(error: unknown): Problem {
  if (error instanceof HttpProblem) return error.problem;
  const { status, expose, type } = error as { status?: number; expose?: boolean; type?: string };
  if (status !== undefined && status >= 400 && status < 500) {
    const code = BODY_CODES[type ?? ''] ?? 'BAD_REQUEST';
    return { status, title: 'Bad request', code, ...(expose === true ? { detail: messageOf(error) } : {}) };
  }
  return { status: 500, title: 'Internal error', code: 'INTERNAL' };
}
