import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@evenkeel/demo/postgres';
import { silentLogger } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';

/** A PostgreSQL for one test, below its directory. */
export async function startOwnPostgres(directory: string): Promise<EmbeddedPostgres> {
  // The account that PostgreSQL runs as has to pass through.
  chmodSync(directory, 0o755);
  return startEmbeddedPostgres({
    port: await freePort(),
    directory: join(directory, 'postgres'),
    durability: 'relaxed',
    logger: silentLogger(),
  });
}
