import type { Clock, Part } from '@evenkeel/toolkit';

/** Something of the system that runs now. */
export interface Running {
  /** Rejects when it ends though nobody stopped it; resolves when its work is done. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** What is told of a part that ends by itself. */
export interface RestartReport {
  /** It ended, or could not be started again: it is tried after a pause. */
  down: (name: string, why: { error: unknown; pauseMs: number }) => void;
  upAgain: (name: string) => void;
}

export interface RestartedPlan {
  name: string;
  /** @param signal aborts when the part is stopped while it starts */
  start: (signal: AbortSignal) => Promise<Running>;
  report: RestartReport;
  clock: Clock;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** What has been up for so long is well: its next pause is the first one again. */
const WELL_AFTER_MS = 60_000;

/** A part that is started again when it ends by itself, after pauses that double. Its first start fails like that of any part. */
export function restartedPart(plan: RestartedPlan): Part {
  const stopping = new AbortController();
  let running: Running | undefined;
  let kept: Promise<void> | undefined;
  const begin = async () => {
    running = await plan.start(stopping.signal);
    return running;
  };
  return {
    name: plan.name,
    async start() {
      kept = keepUp(plan, { first: await begin(), begin, stopping: stopping.signal });
    },
    async stop() {
      stopping.abort();
      await running?.stop();
      await kept;
    },
  };
}

interface Lives {
  first: Running;
  begin: () => Promise<Running>;
  stopping: AbortSignal;
}

/** Until the part is stopped, or its work is done. */
async function keepUp(
  { name, report, clock }: RestartedPlan,
  { first, begin, stopping }: Lives,
): Promise<void> {
  let running: Running | undefined = first;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const startedMs = clock.now();
    try {
      running ??= await begin();
      if (running !== first) report.upAgain(name);
      await running.ended;
      return;
    } catch (error) {
      if (stopping.aborted) return;
      if (clock.now() - startedMs >= WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      report.down(name, { error, pauseMs });
      const hasPaused = await clock.sleep(pauseMs, stopping).then(
        () => true,
        () => false,
      );
      if (!hasPaused) return;
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      running = undefined;
    }
  }
}
