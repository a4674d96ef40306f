import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock, Logger, Part, Secret } from '@evenkeel/toolkit';
import type { Journal, JournalReader } from './journal.ts';
import { ALONE, type Leadership } from './leadership.ts';
import { connect, connectToRead } from './postgres/database.ts';
import { createLease } from './postgres/lease.ts';
import { createPostgresJournal, readPostgresJournal } from './postgres/postgres-journal.ts';
import { filesOf, warningsOf } from './sqlite/journal-files.ts';
import { openSqliteJournal } from './sqlite/sqlite-journal.ts';

export interface OpenJournal {
  journal: Journal;
  leadership: Leadership;
  /** What has to run so that this agent may lead; nothing, when it is alone. */
  parts: readonly Part[];
}

export interface SharedJournal {
  url: Secret;
  schema: string;
  leaseMs: number;
  timeoutMs: number;
  /** Where others reach this agent's API. */
  advertise: string;
}

/** The journal of an agent that is alone: a file. What is odd about its files is logged. @throws EvenkeelError as `openDatabase` does */
export function openOwnJournal(file: string, logger?: Logger): OpenJournal {
  const journal = openSqliteJournal(file);
  for (const warning of warningsOf(filesOf(file))) logger?.warn(warning);
  return { journal, leadership: ALONE, parts: [] };
}

/** The journal that several agents share: a schema in PostgreSQL, and a lease in it. @throws EvenkeelError as `connect` does */
export async function openSharedJournal(
  { advertise, leaseMs, ...database }: SharedJournal,
  tools: { clock: Clock; logger: Logger },
): Promise<OpenJournal> {
  const connections = await connect(database);
  const holder = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const lease = createLease({ pool: connections.lease, holder, url: advertise, leaseMs, ...tools });
  return { journal: createPostgresJournal(connections, lease), leadership: lease, parts: [lease] };
}

/** The same journal for whoever only reads it; nothing is made or changed. @throws EvenkeelError as `connectToRead` does */
export async function readSharedJournal(
  database: Pick<SharedJournal, 'url' | 'schema' | 'timeoutMs'>,
): Promise<JournalReader> {
  return readPostgresJournal(await connectToRead(database));
}
