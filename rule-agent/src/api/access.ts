import {
  HttpProblem,
  type Identity,
  identityOf,
  type ListenAddress,
  requireIdentity,
  sendProblem,
  type TokenBook,
} from '@evenkeel/toolkit';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { ApiContext } from './context.ts';
import type { Operation } from './contract.ts';
import { standby } from './problems.ts';

/** Notes who calls, if it can be known. */
export function identify(tokens: TokenBook): RequestHandler {
  return (request, response, next) => {
    response.locals.identity = identityOf(request, tokens);
    next();
  };
}

/** So many requests by one token, or from one address without a token that is known. */
export function limitRate({ requests, perMs }: ApiContext['rateLimit']): RequestHandler {
  return rateLimit({
    windowMs: perMs,
    limit: requests,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: clientOf,
    handler: (_request, response) =>
      sendProblem(response, {
        status: 429,
        title: 'Too many requests',
        code: 'RATE_LIMITED',
        detail: `more than ${requests} requests in ${perMs / 1000} s; see Retry-After`,
      }),
  });
}

/** The name of the token, or the address where there is none that is known. */
export function clientOf(request: Request, response: Response): string {
  return identityIn(response)?.name ?? ipKeyGenerator(request.ip ?? 'unknown');
}

/** Lets those pass whom the contract names, and changes only where this agent leads. */
export function allow({ roles, mayBeOpen, writes }: Operation, context: ApiContext): RequestHandler {
  return (_request, response, next) => {
    if (context.guardReads || !mayBeOpen) checkRole(response, roles);
    if (writes && !context.leadership.leads()) throw standby(context.leadership);
    next();
  };
}

function checkRole(response: Response, roles: readonly string[]): void {
  try {
    requireIdentity(identityIn(response), roles);
  } catch (error) {
    if (error instanceof HttpProblem && error.problem.status === 401) {
      response.set('WWW-Authenticate', 'Bearer');
    }
    throw error;
  }
}

function identityIn(response: Response): Identity | undefined {
  return response.locals.identity as Identity | undefined;
}

/** Whether only this machine can reach the address. */
export function isLoopback({ host }: ListenAddress): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
