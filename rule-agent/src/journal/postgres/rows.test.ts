import { expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { buildAlert } from '../../../test/build.ts';
import { addRows } from './rows.ts';

const MANY = 10_000;

/** A database without rows that notes what it is asked. */
function emptyDatabase() {
  const statements: string[] = [];
  const query = (statement: string) => {
    statements.push(statement);
    return Promise.resolve({ rows: [] });
  };
  return { statements, client: { query } as unknown as PoolClient };
}

it('many events are one statement, and others work while they are made ready', async () => {
  const { client, statements } = emptyDatabase();
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 0);
  const alerts = Array.from({ length: MANY }, (_, index) => buildAlert({ fingerprint: String(index) }));
  const { lastSeq } = await addRows(client, alerts, { onlyNew: true });
  clearInterval(counting);
  expect(lastSeq).toBe(MANY);
  expect(statements.filter((statement) => statement.startsWith('INSERT'))).toHaveLength(1);
  expect(turns).toBeGreaterThan(1);
});
