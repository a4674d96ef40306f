import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@evenkeel/toolkit';
import { newDatabase, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../exporter/src/sources/database.ts';
import { openDatabase } from '../../exporter/src/sources/database-open.ts';
import { EventCounter } from '../../exporter/src/sources/inventory-events.ts';
import { genericProfile } from './sql-generic.ts';
import { countingScenarios, expectSame } from './sql-scenarios.ts';
import { createShop, followAndCompare, insertSql, SHOP_QUERY, type Shop, SMALL } from './sql-shop.ts';

describe('counting events on PostgreSQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-sql-'));
  let postgres: TestDatabase;
  let client: pg.Client;
  let other: pg.Client;
  let database: Database;
  let shop: Shop;

  beforeAll(async () => {
    postgres = await newDatabase();
    client = new pg.Client({ connectionString: postgres.url });
    other = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await other.connect();
    const url = new Secret(postgres.url);
    database = openDatabase({ name: 'shop', url, readUrl: () => url, timeoutMs: 5_000, maxConnections: 2 });
    shop = {
      database,
      write: async (sql) => {
        await client.query(sql);
      },
      now: 'clock_timestamp()',
      timeType: 'timestamptz',
    };
  }, 60_000);

  afterAll(async () => {
    await client.end();
    await other.end();
    await database.close();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  countingScenarios(() => shop);

  describe('the profile generic', () => {
    beforeAll(() => shop.write('drop table if exists shop_orders'));
    genericProfile(() => shop);
    afterAll(() => shop.write('drop table if exists shop_orders cascade'));
  });

  it.each(['before the first count', 'after it'])(
    'counts what a transaction commits late that began %s, long after the overlap',
    async (when) => {
      await createShop(shop);
      await shop.write(insertSql(shop, { id: 1, site: 'york', units: 1 }));
      const counter = new EventCounter(SHOP_QUERY, SMALL);
      const begin = async () => {
        await other.query('begin');
        await other.query(insertSql(shop, { id: 2, site: 'york', units: 5 }));
      };
      if (when === 'before the first count') await begin();
      expectSame(await followAndCompare(counter, shop));
      if (when === 'after it') await begin();
      for (let id = 3; id < 8; id += 1) {
        await new Promise((resolve) => setTimeout(resolve, 2 * SHOP_QUERY.overlap));
        await shop.write(insertSql(shop, { id, site: 'york', units: 1 }));
        expectSame(await followAndCompare(counter, shop));
      }
      await other.query('commit');
      const last = await followAndCompare(counter, shop);
      expectSame(last);
      expect(last.followed.map(({ rows }) => rows)).toEqual([7]);
      expect(last.recounted).toBeUndefined();
    },
  );

  it('refuses a query that gives a key twice, and a stamp that is NULL', async () => {
    await createShop(shop);
    await shop.write(insertSql(shop, { id: 1, site: 'york', units: 1 }));
    const twice = { ...SHOP_QUERY, sql: `${SHOP_QUERY.sql} union all ${SHOP_QUERY.sql}` };
    await expect(new EventCounter(twice, SMALL).count(database, 1_000)).rejects.toThrow(
      'two rows have the key 1',
    );
    const without = {
      ...SHOP_QUERY,
      sql: `${SHOP_QUERY.sql} union all select 2, 'york', 1, null, null, now()`,
    };
    await expect(new EventCounter(without, SMALL).count(database, 1_000)).rejects.toThrow(
      'is NULL in some rows',
    );
  });
});
