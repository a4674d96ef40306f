import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
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

/** A token of which only the hash is known. */
export interface HashedToken extends Identity {
  /** SHA-256 in hex. No slow hash is needed: the tokens that `createToken` makes are 256 random bits. */
  hash: string;
  expiresAt?: number;
}

/** Tokens that come and go while the server runs. */
export interface IssuedTokens {
  list: () => Iterable<HashedToken>;
  now: () => number;
}

const NONE: IssuedTokens = { list: () => [], now: () => 0 };

/** The bearer tokens that a server knows. They are kept as SHA-256 only, and every one is compared, in constant time. */
export class TokenBook {
  readonly #entries: readonly { identity: Identity; hash: Buffer }[];
  readonly #issued: IssuedTokens;

  constructor(entries: readonly TokenEntry[], issued: IssuedTokens = NONE) {
    this.#entries = entries.map(({ name, role, token }) => ({
      identity: { name, role },
      hash: sha256(token.reveal()),
    }));
    this.#issued = issued;
  }

  /** Who a token belongs to, or undefined. */
  identify(token: string): Identity | undefined {
    const hash = sha256(token);
    let found: Identity | undefined;
    for (const entry of this.#entries) {
      if (timingSafeEqual(entry.hash, hash)) found = entry.identity;
    }
    const now = this.#issued.now();
    for (const { name, role, hash: known, expiresAt = Infinity } of this.#issued.list()) {
      if (timingSafeEqual(Buffer.from(known, 'hex'), hash) && now < expiresAt) found = { name, role };
    }
    return found;
  }
}

/** A new token of 256 random bits, and the hash that is kept of it. The prefix lets scanners of leaked secrets find it. */
export function createToken(): { token: string; hash: string } {
  const token = `ekt_${randomBytes(32).toString('base64url')}`;
  return { token, hash: sha256(token).toString('hex') };
}

/** Lets a request pass only with a token of one of `roles`: else 401 without a known token, 403 with the wrong role. */
export function requireRole(book: TokenBook, roles: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const identity = identityOf(request, book);
    if (identity === undefined) response.set('WWW-Authenticate', 'Bearer');
    response.locals.identity = requireIdentity(identity, roles);
    next();
  };
}

/** @throws HttpProblem 401 without an identity, 403 with another role */
export function requireIdentity(identity: Identity | undefined, roles: readonly string[]): Identity {
  if (identity === undefined) {
    throw new HttpProblem({
      status: 401,
      title: 'Token required',
      code: 'TOKEN_REQUIRED',
      detail: 'send a token that is known and has not expired, as "Authorization: Bearer ..."',
    });
  }
  if (roles.includes(identity.role)) return identity;
  throw new HttpProblem({
    status: 403,
    title: 'Role not allowed',
    code: 'ROLE_NOT_ALLOWED',
    detail: `this needs the role ${roles.join(' or ')}; the token has ${identity.role}`,
  });
}

/** Who calls, or undefined without a token that is known. */
export function identityOf(request: Request, book: TokenBook): Identity | undefined {
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
