import { EvenkeelError, messageOf, systemClock } from '@evenkeel/toolkit';
import type { Child } from './child.ts';

const POLL_MS = 100;

/**
 * Waits until `url` answers with 200.
 *
 * @throws EvenkeelError START_FAILED after `deadlineMs`, PART_EXITED when the process ends while we wait
 */
export async function waitUntilReady(child: Child, url: string, deadlineMs: number): Promise<void> {
  const failure = child.failure();
  const ready = pollUntilReady(child, url, deadlineMs);
  await Promise.race([ready, failure]);
}

async function pollUntilReady(child: Child, url: string, deadlineMs: number): Promise<void> {
  const endsAtMs = systemClock.now() + deadlineMs;
  let last = 'no answer';
  while (systemClock.now() < endsAtMs && child.running) {
    last = await ask(url);
    if (last === 'ready') return;
    await systemClock.sleep(POLL_MS);
  }
  throw new EvenkeelError(
    'START_FAILED',
    `${child.name} is not ready after ${deadlineMs / 1000} s (${last})`,
    {
      hint: `its log is ${child.logFile}; its last lines:\n    ${await child.lastLines()}`,
    },
  );
}

async function ask(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const text = await response.text();
    return response.ok ? 'ready' : `status ${response.status}: ${text.trim()}`;
  } catch (error) {
    return messageOf((error as Error).cause ?? error);
  }
}
