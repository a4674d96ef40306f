import { join } from 'node:path';
import { type Reaper, startReaper } from '@evenkeel/runtime';

const CHECKOUT = join(import.meta.dirname, '../..');

let reaper: Reaper | undefined;

/** Once for a whole run, before its workers: what is set here is in the environment of all that the tests start. */
export default function setUp(): void {
  // A run that is killed leaves no server, database or browser behind.
  reaper = startReaper();
  // Tests start our programs hundreds of times: compiled once for all.
  process.env.NODE_COMPILE_CACHE ??= join(CHECKOUT, '.cache', 'compiled');
  // test/run.ts was killed: nobody waits for us.
  process.once('disconnect', () => process.exit(1));
}

export async function tearDown(): Promise<void> {
  await reaper?.release();
}
