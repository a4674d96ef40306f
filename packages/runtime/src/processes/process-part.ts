import { type Part, systemClock } from '@evenkeel/toolkit';
import { Child } from './child.ts';
import { waitUntilReady } from './ready.ts';
import { restartedPart, type RestartReport, type Running } from './restarts.ts';

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
  /** A process that may end by itself, with exit code 0, when its work is done. */
  mayFinish?: true;
}

export interface ProcessPartOptions {
  name: string;
  /** Made at each start, when everything that it depends on is up. */
  plan: () => Promise<ProcessPlan>;
  report: RestartReport;
}

const READY_DEADLINE_MS = 60_000;

/** A process as a part of a daemon, started again when it ends by itself. */
export function processPart({ name, plan, report }: ProcessPartOptions): Part {
  const start = async (stopping: AbortSignal) => startProcess(await plan(), stopping);
  return restartedPart({ name, start, report, clock: systemClock });
}

async function startProcess(plan: ProcessPlan, stopping: AbortSignal): Promise<Running> {
  const { readyUrl, readyDeadlineMs = READY_DEADLINE_MS } = plan;
  stopping.throwIfAborted();
  const child = new Child(plan);
  const stop = () => child.stop();
  stopping.addEventListener('abort', () => void stop(), { once: true });
  try {
    if (readyUrl !== undefined) await waitUntilReady(child, readyUrl, readyDeadlineMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ended: endOf(child, plan), stop };
}

async function endOf(child: Child, { mayFinish }: ProcessPlan): Promise<void> {
  const { code } = await child.exited;
  if (mayFinish !== true || code !== 0) await child.ended();
}
