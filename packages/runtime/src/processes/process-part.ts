import type { Part } from '@evenkeel/toolkit';
import { Child } from './child.ts';
import { waitUntilReady } from './ready.ts';

export interface ProcessPlan {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  workingDirectory?: string;
  logFile: string;
  /** Answers 200 once the process serves; a process without one is up as soon as it runs. */
  readyUrl?: string;
  readyDeadlineMs?: number;
  /** A process that may end by itself, with exit code 0, without the system being broken. */
  mayFinish?: true;
}

export interface ProcessPart extends Part {
  /** Rejects when the process ends although nobody stopped it; never resolves. */
  failure: Promise<never>;
}

const READY_DEADLINE_MS = 60_000;

/** A process as a part of a daemon: the plan is made at the start, when everything that it depends on is up. */
export function processPart(name: string, plan: () => Promise<ProcessPlan>): ProcessPart {
  const failed = Promise.withResolvers<never>();
  // Whoever watches `failure` sees it; before anybody does, a rejection must not end the process.
  failed.promise.catch(() => undefined);
  let child: Child | undefined;
  return {
    name,
    failure: failed.promise,
    async start() {
      const planned = await plan();
      child = new Child(planned);
      try {
        if (planned.readyUrl !== undefined) {
          await waitUntilReady(child, planned.readyUrl, planned.readyDeadlineMs ?? READY_DEADLINE_MS);
        }
      } catch (error) {
        await child.stop();
        throw error;
      }
      void watch(child, planned).catch(failed.reject);
    },
    async stop() {
      await child?.stop();
    },
  };
}

async function watch(child: Child, { mayFinish }: ProcessPlan): Promise<void> {
  if (mayFinish === true && (await child.exited).code === 0) return;
  await child.failure();
}
