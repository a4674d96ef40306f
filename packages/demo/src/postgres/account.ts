import { readFile } from 'node:fs/promises';
import { EvenkeelError } from '@evenkeel/toolkit';

/** The operating system's account that the server runs as. */
export interface Account {
  uid: number;
  gid: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root; then it runs as an account that exists already.
 *
 * @returns undefined when we are not root: the server runs as ourselves
 * @throws EvenkeelError START_FAILED when there is neither `postgres` nor `nobody`
 */
export async function findServerAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  for (const name of CANDIDATES) {
    const account = accounts.get(name);
    if (account !== undefined && account.uid !== 0) return account;
  }
  throw new EvenkeelError(
    'START_FAILED',
    'PostgreSQL does not run as root, and there is no account to run it as',
    {
      hint: `run as an ordinary user, or add an account named ${CANDIDATES.join(' or ')}`,
    },
  );
}

/** The accounts in a text of the form of /etc/passwd, by name. */
export function parsePasswd(text: string): Map<string, Account> {
  const lines = text.split('\n').map((line) => line.split(':'));
  return new Map(
    lines
      .filter((fields) => /^\d+$/.test(fields[2] ?? '') && /^\d+$/.test(fields[3] ?? ''))
      .map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
}
