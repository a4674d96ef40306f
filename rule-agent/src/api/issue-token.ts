import { randomBytes } from 'node:crypto';
import { createToken } from '@evenkeel/toolkit';
import type { IssuedToken, TokenCreated } from '../model/event.ts';
import type { Role } from '../model/roles.ts';

export interface TokenRequest {
  name: string;
  role: Role;
  createdBy: string;
  nowMs: number;
  expiresAt?: number;
}

/** A new token: its secret, to be shown once, and the event that lets it count. */
export function issueToken({ name, role, createdBy, nowMs, expiresAt }: TokenRequest): {
  secret: string;
  event: TokenCreated;
} {
  const { token: secret, hash } = createToken();
  const token: IssuedToken = {
    ...{ id: randomBytes(6).toString('hex'), name, role, hash, createdBy, createdAt: nowMs },
    ...(expiresAt !== undefined && { expiresAt }),
  };
  return { secret, event: { kind: 'token_created', at: nowMs, token } };
}
