import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Reaper, startReaper } from '@evenkeel/runtime';
import { DATABASES_VARIABLE } from '@evenkeel/toolkit/testing';
import { type Databases, serveDatabases } from './databases.ts';

const CHECKOUT = join(import.meta.dirname, '../..');

let reaper: Reaper | undefined;
let databases: Databases | undefined;
const directories: string[] = [];

/** Once for a whole run, before its workers: what is set here is in the environment of all that the tests start. */
export default async function setUp(): Promise<void> {
  // A run that is killed leaves no server, database or browser behind.
  reaper = startReaper();
  const onDirectory = (directory: string) => {
    directories.push(directory);
    reaper?.removes(directory);
  };
  databases = await serveDatabases({ onDirectory });
  process.env[DATABASES_VARIABLE] = databases.url;
  // Tests start our programs hundreds of times: compiled once for all.
  process.env.NODE_COMPILE_CACHE ??= join(CHECKOUT, '.cache', 'compiled');
  // test/run.ts was killed: nobody waits for us.
  process.once('disconnect', () => process.exit(1));
  // To listen to the channel must not keep us here when all is done.
  process.channel?.unref();
}

export async function tearDown(): Promise<void> {
  await databases?.stop();
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
  await reaper?.release();
}
