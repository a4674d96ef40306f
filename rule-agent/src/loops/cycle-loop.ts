import type { Clock, Part } from '@evenkeel/toolkit';

export interface CycleLoop {
  clock: Clock;
  intervalMs: number;
  /** One cycle; it must not reject. */
  run: () => Promise<void>;
  /** Told how many turns were left out because a cycle took longer than its interval. */
  onMissed: (turns: number) => void;
}

/** Runs cycles on a fixed grid, one after the other: a slow one costs the turns that it covers, and never overlaps another. */
export function createCycleLoop({ clock, intervalMs, run, onMissed }: CycleLoop): Part {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const isStopping = () => stopping.signal.aborted;
  const loop = async () => {
    let plannedMs = clock.now();
    for (;;) {
      await run();
      if (isStopping()) return;
      const missed = Math.floor((clock.now() - plannedMs) / intervalMs);
      if (missed > 0) onMissed(missed);
      plannedMs += (missed + 1) * intervalMs;
      await clock.sleep(plannedMs - clock.now(), stopping.signal).catch(() => undefined);
      if (isStopping()) return;
    }
  };
  return {
    name: 'cycle',
    start() {
      running = loop();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
