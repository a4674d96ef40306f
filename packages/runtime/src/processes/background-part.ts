import type { Part } from '@evenkeel/toolkit';
import { Child, type ChildOptions } from './child.ts';
import { waitUntilReady } from './ready.ts';

export interface BackgroundPlan extends ChildOptions {
  /** Answers 200 once it can be used. */
  readyUrl: string;
  readyDeadlineMs: number;
  onReady: () => void;
  /** Called when it does not become ready, or ends by itself: the system runs on without it. */
  onFailure: (error: unknown) => void;
}

/** A process that the system can do without: its start waits for nothing, and its end is no end of the system. */
export function backgroundPart({
  readyUrl,
  readyDeadlineMs,
  onReady,
  onFailure,
  ...plan
}: BackgroundPlan): Part {
  let child: Child | undefined;
  const follow = async (started: Child) => {
    await waitUntilReady(started, readyUrl, readyDeadlineMs);
    onReady();
    await started.failure();
  };
  return {
    name: plan.name,
    start() {
      const started = new Child(plan);
      child = started;
      follow(started).catch((error: unknown) => {
        if (!started.stopped) onFailure(error);
      });
      return Promise.resolve();
    },
    async stop() {
      await child?.stop();
    },
  };
}
