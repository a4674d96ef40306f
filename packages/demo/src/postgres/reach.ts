import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Account } from './account.ts';

/** Whether an account may enter a directory: it and all directories above let it through. */
export async function isReachable(directory: string, account: Account | undefined): Promise<boolean> {
  if (account === undefined) return true;
  for (let path = resolve(directory); ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !maySearch(found, account)) return false;
    if (path === dirname(path)) return true;
  }
}

interface Ownership {
  uid: number;
  gid: number;
  mode: number;
}

function maySearch({ uid, gid, mode }: Ownership, account: Account): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
