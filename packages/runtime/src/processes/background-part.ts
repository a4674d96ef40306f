import { type Part, systemClock } from '@evenkeel/toolkit';
import { Child, type ChildOptions } from './child.ts';
import { waitUntilReady } from './ready.ts';
import { restartedPart, type RestartReport } from './restarts.ts';

export interface BackgroundPlan extends ChildOptions {
  /** Answers 200 once it can be used. */
  readyUrl: string;
  readyDeadlineMs: number;
  onReady: () => void;
  /** Called when it does not become ready: the system runs on without it. */
  onFailure: (error: unknown) => void;
  report: RestartReport;
}

/** A process that the system can do without: its start waits for nothing. Once it was ready, it is started again when it ends. */
export function backgroundPart(plan: BackgroundPlan): Part {
  const { name, readyUrl, readyDeadlineMs, onReady, onFailure, report } = plan;
  let wasReady = false;
  const start = (stopping: AbortSignal) => {
    const child = new Child(plan);
    const stop = () => child.stop();
    stopping.addEventListener('abort', () => void stop(), { once: true });
    return Promise.resolve({ ended: follow(child), stop });
  };
  const follow = async (child: Child) => {
    const failed = await waitUntilReady(child, readyUrl, readyDeadlineMs).catch((error: unknown) => ({
      error,
    }));
    if (child.stopped) return;
    if (failed !== undefined) {
      await child.stop();
      if (wasReady) throw failed.error;
      onFailure(failed.error);
      return;
    }
    if (!wasReady) onReady();
    wasReady = true;
    await child.ended();
  };
  return restartedPart({ name, start, report, clock: systemClock });
}
