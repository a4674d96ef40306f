import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Part } from './daemon.ts';

export interface LoopOptions {
  name: string;
  clock: Clock;
  intervalMs: number;
  /** How long the first turn waits after the start. Default: not at all. */
  firstAfterMs?: number;
  /** One turn of the work. What it rejects with is logged, once until it changes, and the loop goes on. */
  run: () => Promise<void>;
  onTurn?: (turn: LoopTurn) => void;
  logger: Logger;
}

export interface LoopTurn {
  startedAtMs: number;
  endedAtMs: number;
  /** Turns left out because this one took longer than the interval: more than none means that the loop is late. */
  missed: number;
  failed: boolean;
}

export interface Loop extends Part {
  /** Asks for a turn now, or right after the one under way. Returns at once; many calls make one turn. */
  wake: () => void;
}

/**
 * Runs a piece of work on a fixed grid of times, one turn after the other: a slow turn costs the turns that it covers and never
 * overlaps another. Stopping waits for the turn under way.
 */
export function createLoop(options: LoopOptions): Loop {
  const { name, clock, intervalMs, firstAfterMs = 0, onTurn } = options;
  const attempt = attemptOf(options);
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  let woken = Promise.withResolvers<void>();
  let running: Promise<void> = Promise.resolve();

  const restUntil = async (ms: number) => {
    const resting = new AbortController();
    const rest = clock.sleep(ms - clock.now(), resting.signal).catch(() => undefined);
    await Promise.race([woken.promise, rest]);
    resting.abort();
  };
  const loop = async () => {
    let dueMs = clock.now() + firstAfterMs;
    if (firstAfterMs > 0) await restUntil(dueMs);
    while (!isStopping()) {
      woken = Promise.withResolvers();
      const startedAtMs = clock.now();
      const failed = !(await attempt());
      const endedAtMs = clock.now();
      const missed = Math.max(0, Math.floor((endedAtMs - dueMs) / intervalMs));
      // A turn that was asked for before its time leaves the grid as it is.
      if (endedAtMs >= dueMs) dueMs += (missed + 1) * intervalMs;
      // The clock was set back: nobody wants to wait until it is again as late as it was.
      else dueMs = Math.min(dueMs, endedAtMs + intervalMs);
      onTurn?.({ startedAtMs, endedAtMs, missed, failed });
      if (!isStopping()) await restUntil(dueMs);
    }
  };
  return {
    name,
    wake: () => woken.resolve(),
    start() {
      running = loop();
    },
    async stop() {
      stopping.abort();
      woken.resolve();
      await running;
    },
  };
}

/** Whether a turn succeeded. A failure that stays the same is one line in the log. */
function attemptOf({ name, run, logger }: LoopOptions): () => Promise<boolean> {
  let failure: string | undefined;
  return async () => {
    try {
      await run();
      if (failure !== undefined) logger.info({ loop: name }, `${name} works again`);
      failure = undefined;
      return true;
    } catch (error) {
      const because = messageOf(error);
      if (because !== failure) logger.warn({ loop: name, because }, `${name} failed, it is tried again`);
      failure = because;
      return false;
    }
  };
}
