import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { isAway } from './away.ts';

function databaseError(code: string): DatabaseError {
  return Object.assign(new DatabaseError('', 0, 'error'), { code });
}

describe('PostgreSQL is away', () => {
  it.each([
    ['nobody listens', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['its name is not known yet', Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' })],
    ['it does not answer', new Error('timeout exceeded when trying to connect')],
    ['it starts', databaseError('57P03')],
    ['it has no connection left', databaseError('53300')],
    ['it only reads, in a failover', databaseError('25006')],
  ])('when %s', (_when, error) => {
    expect(isAway(error)).toBe(true);
  });

  it.each([
    ['the password is wrong', databaseError('28P01')],
    ['there is no such database', databaseError('3D000')],
    ['the user may not use the schema', databaseError('42501')],
    [
      'the certificate is not trusted',
      Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    ],
  ])('not when %s: waiting does not help', (_when, error) => {
    expect(isAway(error)).toBe(false);
  });
});
