import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOKENS = ['warehouse-admin-token', 'agent-ingest-token', 'agent-operator-token'];
// Alertmanager and PostgreSQL run under other accounts than our daemons; the volume is shared with nobody else.
const READABLE_BY_ALL = ['agent-ingest-token', 'database-password'];

/** For docker compose: writes tokens and the database's password into a directory, unless they are there already. */
function writeSecrets(directory: string): void {
  for (const name of TOKENS) writeOnce(directory, name, randomToken());
  const password = writeOnce(directory, 'database-password', randomToken());
  writeOnce(directory, 'database-url', `postgres://warehouse:${password}@postgres:5432/warehouse`);
}

/** @returns what the file holds afterwards */
function writeOnce(directory: string, name: string, secret: string): string {
  const file = join(directory, name);
  const mode = READABLE_BY_ALL.includes(name) ? 0o644 : 0o600;
  if (!existsSync(file)) writeFileSync(file, `${secret}\n`, { mode });
  return readFileSync(file, 'utf8').trim();
}

function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

writeSecrets(process.argv[2] ?? '/run/evenkeel');
