import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import type { Account } from './account.ts';

export interface Program {
  program: string;
  args: readonly string[];
  cwd: string;
  account: Account | undefined;
}

/** PostgreSQL sees nothing of our environment but what it needs: it may hold secrets. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Starts a program in a process group of its own, so that ctrl-C in a terminal does not reach it before it reaches us. */
export function start({ program, args, cwd, account }: Program, output: number | 'pipe'): ChildProcess {
  return spawn(program, args, {
    cwd,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', output, output],
    ...account,
  });
}

/**
 * Runs a program to its end.
 *
 * @throws EvenkeelError START_FAILED with what it wrote when it did not exit with 0
 */
export async function runToEnd(program: Program): Promise<void> {
  const child = start(program, 'pipe');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close').catch((cause: unknown) => {
    throw new EvenkeelError('START_FAILED', `cannot run ${program.program}: ${messageOf(cause)}`, { cause });
  })) as [number | null];
  if (code !== 0) {
    throw new EvenkeelError(
      'START_FAILED',
      `${program.program} failed: ${output.trim().split('\n').slice(-8).join('\n')}`,
    );
  }
}
