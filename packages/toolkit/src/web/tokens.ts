import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Secret } from '../secret.ts';
import { HttpProblem } from './problems.ts';

export interface Identity {
  name: string;
  role: string;
}

export interface TokenEntry extends Identity {
  token: Secret;
}

/** The bearer tokens that a server knows. They are kept as SHA-256 only, and every one is compared, in constant time. */
export class TokenBook {
  readonly #entries: readonly { identity: Identity; hash: Buffer }[];

  constructor(entries: readonly TokenEntry[]) {
    this.#entries = entries.map(({ name, role, token }) => ({
      identity: { name, role },
      hash: sha256(token.reveal()),
    }));
  }

  /** Who a token belongs to, or undefined. */
  identify(token: string): Identity | undefined {
    const hash = sha256(token);
    let found: Identity | undefined;
    for (const entry of this.#entries) {
      if (timingSafeEqual(entry.hash, hash)) found = entry.identity;
    }
    return found;
  }
}

/** Lets a request pass only with a token of one of `roles`: else 401 without a known token, 403 with the wrong role. */
export function requireRole(book: TokenBook, roles: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const identity = identityOf(request, book);
    if (identity === undefined) {
      response.set('WWW-Authenticate', 'Bearer');
      throw new HttpProblem({
        status: 401,
        title: 'Token required',
        code: 'TOKEN_REQUIRED',
        detail: 'send a known token as "Authorization: Bearer ..."',
      });
    }
    if (!roles.includes(identity.role)) {
      throw new HttpProblem({
        status: 403,
        title: 'Role not allowed',
        code: 'ROLE_NOT_ALLOWED',
        detail: `this needs the role ${roles.join(' or ')}; the token has ${identity.role}`,
      });
    }
    response.locals.identity = identity;
    next();
  };
}

function identityOf(request: Request, book: TokenBook): Identity | undefined {
  const token = bearerOf(request);
  return token === undefined ? undefined : book.identify(token);
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
