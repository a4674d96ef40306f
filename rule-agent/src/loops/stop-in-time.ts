import { type Logger, type Loop, within } from '@evenkeel/toolkit';

/** How many milliseconds are left of a time for several things together, which runs from when it is first asked for. */
export type Countdown = () => number;

export function createCountdown(ms: number): Countdown {
  let endMs: number | undefined;
  return () => {
    endMs ??= performance.now() + ms;
    return Math.max(0, endMs - performance.now());
  };
}

/** A loop whose stop does not wait longer for a turn that hangs. */
export function stopInTime(loop: Loop, leftMs: Countdown, logger: Logger): Loop {
  return {
    ...loop,
    async stop() {
      if (await within(leftMs(), Promise.resolve(loop.stop()))) return;
      logger.warn({ loop: loop.name }, `${loop.name} hangs, and is stopped without waiting for it`);
    },
  };
}
