import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { RUN_MARKS } from '@evenkeel/toolkit';

/**
 * A small process that ends what we leave behind when we die before we could do it ourselves, by SIGKILL too: it notices that
 * its input ends. Every process that we start from then on carries our mark in its environment, and so does what those start.
 */
export interface Reaper {
  /** A directory that goes too. */
  removes(directory: string): void;
  /** We have ended everything ourselves: it does nothing any more. */
  release(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, 'reaper-process.ts');
/** How long processes may drain after SIGTERM before they are killed. */
const GRACE_MS = 8_000;

/** Starts the reaper of this process, and sets its mark for all that is started from now on. Where there is no /proc it finds nothing. */
export function startReaper({ graceMs = GRACE_MS } = {}): Reaper {
  const mark = randomBytes(6).toString('hex');
  const { PATH, [RUN_MARKS]: outer } = process.env;
  const reaper = spawn(process.execPath, [PROGRAM, mark, String(graceMs)], {
    detached: true,
    env: { PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  process.env[RUN_MARKS] = outer === undefined ? mark : `${outer}.${mark}`;
  // Without one nothing is worse than it was; and it is nothing to wait for.
  reaper.on('error', () => undefined);
  reaper.stdin.on('error', () => undefined);
  reaper.unref();
  return {
    removes: (directory) => void reaper.stdin.write(`${directory}\n`),
    async release() {
      if (reaper.pid === undefined || reaper.exitCode !== null) return;
      reaper.ref();
      const ended = once(reaper, 'exit');
      reaper.stdin.end('release\n');
      await ended;
    },
  };
}
