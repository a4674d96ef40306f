import { readdir, readFile } from 'node:fs/promises';
import type { Logger } from '@evenkeel/toolkit';
import type { Database } from '../database/index.ts';

const MIGRATIONS = new URL('migrations/', import.meta.url);
// Any number that nobody else uses: two servers that start at once migrate one after the other.
const MIGRATION_LOCK = 8_005_001;

/** Brings the schema `warehouse` up to date; each file in migrations/ runs once, in order, in one transaction. */
export async function migrate(database: Database, logger: Logger): Promise<void> {
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await transaction.query('create schema if not exists warehouse');
    await transaction.query(
      'create table if not exists warehouse.schema_migrations (file text primary key, applied_at timestamptz not null default now())',
    );
    const applied = await transaction.query<{ file: string }>('select file from warehouse.schema_migrations');
    for (const file of files.filter((name) => !applied.some((row) => row.file === name))) {
      await transaction.query(await readFile(new URL(file, MIGRATIONS), 'utf8'));
      await transaction.query('insert into warehouse.schema_migrations (file) values ($1)', [file]);
      logger.info({ file }, 'schema migrated');
    }
  });
}
