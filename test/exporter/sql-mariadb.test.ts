import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@evenkeel/toolkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Database } from '../../exporter/src/sources/database.ts';
import { openDatabase } from '../../exporter/src/sources/database-open.ts';
import { freePort } from '@evenkeel/toolkit/testing';
import { type MariadbServer, startMariadb } from './mariadb-server.ts';
import { genericProfile } from './sql-generic.ts';
import { countingScenarios } from './sql-scenarios.ts';
import type { Shop } from './sql-shop.ts';

describe('on MariaDB', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-mariadb-'));
  let server: MariadbServer;
  let connection: Connection;
  let database: Database;
  let shop: Shop;

  beforeAll(async () => {
    server = await startMariadb(join(directory, 'data'), await freePort());
    connection = await createConnection(server.url);
    await connection.query("set time_zone = '+00:00'");
    const url = new Secret(server.url);
    database = openDatabase({ name: 'shop', url, readUrl: () => url, timeoutMs: 5_000, maxConnections: 2 });
    shop = {
      database,
      write: async (sql) => {
        await connection.query(sql);
      },
      now: 'sysdate(6)',
      timeType: 'datetime(6)',
    };
  }, 120_000);

  afterAll(async () => {
    await connection.end();
    await database.close();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }, 30_000);

  describe('counting events', () => countingScenarios(() => shop));

  describe('the profile generic', () => {
    beforeAll(() => shop.write('drop table if exists shop_orders'));
    genericProfile(() => shop);
  });

  it('ends a query at its own timeout, and the others of the snapshot go on', async () => {
    const rows = await database.snapshot(async (run) => {
      await expect(run('select sleep(5)', { timeoutMs: 100 })).rejects.toThrow(/max_statement_time/);
      return run('select 1 as one');
    });
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('writes nothing', async () => {
    await shop.write('create table if not exists untouched (id integer)');
    await database.snapshot((run) =>
      expect(run('insert into untouched values (1)')).rejects.toThrow(/READ ONLY/i),
    );
  });
});
