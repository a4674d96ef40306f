import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import pg from 'pg';

export interface BenchPostgres {
  url: string;
  client: pg.Client;
  /** For files of the measurement; it goes when that is over. */
  directory: string;
}

/** Works with a real PostgreSQL that is there for one measurement. */
export async function withPostgres<T>(work: (postgres: BenchPostgres) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
  // The account that PostgreSQL runs as has to pass through.
  chmodSync(directory, 0o755);
  const server = await startEmbeddedPostgres({
    port: await freePort(),
    directory: join(directory, 'postgres'),
    durability: 'relaxed',
    logger: silentLogger(),
  });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    return await work({ url: server.url, client, directory });
  } finally {
    await client.end();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
