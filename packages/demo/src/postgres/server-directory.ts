import { findServerAccount } from './account.ts';
import { makeTemporary } from './cluster.ts';

/**
 * A fresh temporary directory for the data of a server that may be started again on them. Whoever makes it removes it.
 *
 * @throws EvenkeelError START_FAILED when no temporary directory is reachable for the account that PostgreSQL runs as
 */
export async function makeServerDirectory(): Promise<string> {
  return makeTemporary(await findServerAccount());
}
