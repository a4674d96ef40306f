import { messageOf } from '@evenkeel/toolkit';
import { DatabaseError } from 'pg';

/**
 * Connection exceptions, too few resources, a server that starts, stops or cancels, errors of its system; and one that only reads for now,
 * in the middle of a failover: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(08|53|57014|57P|58|25006)/;

const UNREACHABLE: readonly unknown[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOENT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];

/** Whether PostgreSQL cannot be reached or used just now, so that waiting helps: a wrong password or schema stays wrong. */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseError) return PASSING.test(error.code ?? '');
  const { code } = (error ?? {}) as { code?: unknown };
  return UNREACHABLE.includes(code) || /timeout|connection terminated/i.test(messageOf(error));
}
