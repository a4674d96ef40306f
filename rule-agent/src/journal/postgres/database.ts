import { EvenkeelError, messageOf, type Secret } from '@evenkeel/toolkit';
import type { Pool, PoolClient } from 'pg';
import { BIGINT, committed, createPool, inTransaction } from '@evenkeel/toolkit/postgres';
import { isAway } from './away.ts';
import { MIGRATIONS } from './migrations.ts';

export interface PostgresOptions {
  url: Secret;
  /** A schema of its own, created when it is not there. */
  schema: string;
  /** For one statement, and for a connection. */
  timeoutMs: number;
}

/** What the API and the cycles read with. */
const READING_CONNECTIONS = 4;
/** Any number that is the same for all agents: two of them must not migrate at once. */
const MIGRATION_LOCK = 7_364_529_117;

/** The agent's connections to the journal, apart by purpose: no crowd of readers delays a write, and neither of them the lease. */
export interface Connections {
  reading: Pool;
  writing: Pool;
  lease: Pool;
  close: () => Promise<void>;
}

/**
 * Connects, and brings the schema up to date.
 *
 * @throws EvenkeelError JOURNAL_UNREADABLE or JOURNAL_NEWER
 */
export async function connect(options: PostgresOptions): Promise<Connections> {
  const reading = poolOf(options, READING_CONNECTIONS);
  const writing = poolOf(options, 1);
  const lease = poolOf(options, 1);
  const close = async () => {
    await Promise.all([reading, writing, lease].map((pool) => pool.end()));
  };
  try {
    await inTransaction(writing, { work: committed((client) => migrate(client, options.schema)) });
    return { reading, writing, lease, close };
  } catch (error) {
    await close();
    throw unopened(error);
  }
}

/**
 * Connects without making or changing anything.
 *
 * @throws EvenkeelError JOURNAL_UNREADABLE, also for a schema of an older version; JOURNAL_NEWER
 */
export async function connectToRead(options: PostgresOptions): Promise<Pool> {
  const pool = poolOf(options, 1, '-c default_transaction_read_only=on');
  try {
    await requireSchema(pool, options.schema);
    return pool;
  } catch (error) {
    await pool.end();
    throw unopened(error);
  }
}

function unopened(error: unknown): EvenkeelError {
  if (error instanceof EvenkeelError) return error;
  if (isAway(error)) {
    return new EvenkeelError(
      'JOURNAL_UNREACHABLE',
      `PostgreSQL with the journal cannot be reached: ${messageOf(error)}`,
      { cause: error, hint: 'start it, or check journal.postgres.url and the way to it' },
    );
  }
  return new EvenkeelError(
    'JOURNAL_UNREADABLE',
    `cannot open the journal in PostgreSQL: ${messageOf(error)}`,
    {
      cause: error,
      hint: 'check the password; the user may create a schema or owns the one there is',
    },
  );
}

function poolOf(
  { url, schema, timeoutMs }: PostgresOptions,
  connections: number,
  settings = '-c synchronous_commit=on',
): Pool {
  return createPool({
    url,
    connections,
    timeoutMs,
    // Numbers of rows and times stay far below 2^53.
    numbers: [BIGINT],
    application: 'evenkeel-agent',
    keepAlive: true,
    // A transaction whose agent is cut off ends soon: until then it keeps others from taking the lease.
    idle_in_transaction_session_timeout: timeoutMs,
    options: `-c search_path=${schema} ${settings}`,
  });
}

async function requireSchema(pool: Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [
    `${schema}.version`,
  ]);
  if (rows[0]?.is !== true) {
    throw new EvenkeelError('JOURNAL_UNREADABLE', `there is no journal in schema ${schema}`, {
      hint: 'check journal.postgres.url and schema; an agent makes the schema when it first starts',
    });
  }
  const version = await versionOf(pool, schema);
  if (version === MIGRATIONS.length) return;
  throw new EvenkeelError('JOURNAL_UNREADABLE', `the journal in schema ${schema} is of version ${version}`, {
    hint: `start the agent on it once: it brings it to version ${MIGRATIONS.length}`,
  });
}

/** @throws EvenkeelError JOURNAL_NEWER */
async function versionOf(client: Pick<PoolClient, 'query'>, schema: string): Promise<number> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM version');
  const version = rows[0]?.version ?? 0;
  if (version <= MIGRATIONS.length) return version;
  throw new EvenkeelError(
    'JOURNAL_NEWER',
    `the journal in schema ${schema} has version ${version}, this agent knows ${MIGRATIONS.length}`,
    { hint: 'run the agent that wrote it, or a later one; a journal never goes back a version' },
  );
}

async function migrate(client: PoolClient, schema: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query('CREATE TABLE IF NOT EXISTS version (version integer NOT NULL)');
  const version = await versionOf(client, schema);
  for (const migration of MIGRATIONS.slice(version)) await client.query(migration);
  await client.query('DELETE FROM version');
  await client.query('INSERT INTO version VALUES ($1)', [MIGRATIONS.length]);
}
