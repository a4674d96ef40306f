import type { DialectName } from '@evenkeel/inventory';
import type { Secret } from '@evenkeel/toolkit';
import type { Database } from './database.ts';
import { mysqlOpener } from './database-mysql.ts';
import { postgresOpener } from './database-postgres.ts';

export interface DatabaseOptions {
  name: string;
  url: Secret;
  /** Asked when connecting fails for want of the right password, as it may have been changed in its file. */
  readUrl: () => Secret;
  /** Limit of connecting, and again of all queries of a snapshot together; a single query gets half of it. */
  timeoutMs: number;
  maxConnections: number;
}

/** What kind of SQL the database of a URL speaks. */
export function dialectOf(url: Secret): DialectName {
  return url.reveal().startsWith('postgres') ? 'postgres' : 'mysql';
}

/** Opens a database by its URL's scheme. It connects when first asked and again by itself after a failure. */
export function openDatabase({
  name,
  url: firstUrl,
  readUrl,
  timeoutMs,
  maxConnections,
}: DatabaseOptions): Database {
  let url = firstUrl;
  const opener = dialectOf(url) === 'postgres' ? postgresOpener : mysqlOpener;
  let connections = opener.open({ url, timeoutMs, maxConnections });

  /** Whether the URL has changed and is worth another try. */
  async function takeNewUrl(): Promise<boolean> {
    const now = readUrl();
    if (now.reveal() === url.reveal()) return false;
    const old = connections;
    url = now;
    connections = opener.open({ url, timeoutMs, maxConnections });
    await old.close();
    return true;
  }

  return {
    name,
    dialect: opener.dialect,
    async snapshot(work, limitMs = timeoutMs) {
      try {
        return await connections.snapshot(work, limitMs);
      } catch (error) {
        if (!opener.isWrongPassword(error) || !(await takeNewUrl())) throw error;
        return connections.snapshot(work, limitMs);
      }
    },
    close: () => connections.close(),
  };
}
