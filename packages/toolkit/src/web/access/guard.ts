import type { Request, RequestHandler, Response } from 'express';
import { sendProblem } from '../problems.ts';
import { bearerOf, type TokenBook } from '../tokens.ts';
import type { WebAccess } from './web-access.ts';
import type { Credentials } from './passwords.ts';

/**
 * Lets a request pass with the name and password of a user of the web config, or with a bearer token that the daemon
 * knows, as only one of the two fits into a request. Without users everybody passes.
 */
export function guard(access: WebAccess, tokens: TokenBook | undefined): RequestHandler {
  return async (request, response, next) => {
    const { users } = access.settings();
    if (users.size === 0 || hasKnownToken(request, tokens)) {
      next();
      return;
    }
    const credentials = credentialsOf(request);
    const answer = credentials === undefined ? 'wrong' : await access.passwords.check(users, credentials);
    if (answer === 'right') next();
    else if (answer === 'wrong') askForPassword(response);
    else sayBusy(response);
  };
}

/** Sets the headers that the web config asks for, and takes those away that it leaves blank. */
export function extraHeaders(access: WebAccess): RequestHandler {
  return (_request, response, next) => {
    for (const [name, value] of access.settings().headers) {
      if (value === '') response.removeHeader(name);
      else response.setHeader(name, value);
    }
    next();
  };
}

function hasKnownToken(request: Request, tokens: TokenBook | undefined): boolean {
  const token = bearerOf(request);
  return token !== undefined && tokens?.identify(token) !== undefined;
}

/** Reads the header of RFC 7617: the name ends at the first colon. */
function credentialsOf(request: Request): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function askForPassword(response: Response): void {
  response.set('WWW-Authenticate', 'Basic realm="evenkeel", charset="UTF-8"');
  sendProblem(response, {
    status: 401,
    title: 'Password required',
    code: 'PASSWORD_REQUIRED',
    detail: 'send name and password of a user of the web config',
  });
}

function sayBusy(response: Response): void {
  response.set('Retry-After', '1');
  sendProblem(response, {
    status: 503,
    title: 'Busy',
    code: 'TOO_MANY_PASSWORDS',
    detail: 'too many passwords are being checked',
  });
}
