import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { startMariadb } from '../../exporter/mariadb-server.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A real database server of its own, and a connection of its owner to it. */
export interface ShopDatabase {
  directory: string;
  /** TypeORM's options. */
  connection: Readonly<Record<string, unknown>>;
  /** For the read-only user of the docs. */
  readerUrl: string;
  /** Names with capitals are in double quotes, on both servers. */
  query(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export const STARTERS = { PostgreSQL: startPostgres, MariaDB: startMaria } as const;

async function startPostgres(): Promise<ShopDatabase> {
  const directory = scratchDirectory();
  const server = await startEmbeddedPostgres({
    port: await freePort(),
    directory: join(directory, 'postgres'),
    durability: 'relaxed',
    logger: silentLogger(),
  });
  const client = new pg.Client({ connectionString: server.url, options: '-c TimeZone=UTC' });
  await client.connect();
  return {
    directory,
    connection: { type: 'postgres', url: server.url },
    readerUrl: asReader(server.url),
    query: async (sql) => {
      const result: unknown = await client.query<Row>(sql);
      return Array.isArray(result) ? [] : (result as pg.QueryResult<Row>).rows;
    },
    stop: async () => {
      await client.end();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function startMaria(): Promise<ShopDatabase> {
  const directory = scratchDirectory();
  const server = await startMariadb(join(directory, 'mariadb'), await freePort());
  const client = await createConnection({ uri: server.url, timezone: 'Z', multipleStatements: true });
  await client.query(`set time_zone = '+00:00', sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')`);
  return {
    directory,
    connection: { type: 'mariadb', url: server.url },
    readerUrl: asReader(server.url),
    query: async (sql) => {
      const [rows] = await client.query(sql);
      return rows as Row[];
    },
    stop: async () => {
      await client.end();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-vendure-'));
  // The account that PostgreSQL runs as has to pass through.
  chmodSync(directory, 0o755);
  return directory;
}

function asReader(url: string): string {
  return url.replace(/\/\/[^@]*@/, '//evenkeel_exporter:change-me@');
}
