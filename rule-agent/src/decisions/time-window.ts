import { Cron } from 'croner';
import type { TimeWindow } from '../model/rule.ts';

/**
 * Whether one of the windows is open. A window opens at each moment of its cron expression in the time zone, summer
 * time included, and is open for as long as it lasts.
 */
export function isWithin(windows: readonly TimeWindow[], timeZone: string, nowMs: number): boolean {
  return windows.some(({ start, lastsMs }) => {
    // The first opening that is late enough to be still open: there is one exactly when the window is open.
    const opening = new Cron(start, { timezone: timeZone }).nextRun(new Date(nowMs - lastsMs));
    return opening !== null && opening.getTime() <= nowMs;
  });
}

/** `isWithin` at one moment, worked out once for each list of windows: all targets of a rule share one. */
export function windowsAt(nowMs: number): (windows: readonly TimeWindow[], timeZone: string) => boolean {
  const known = new Map<readonly TimeWindow[], boolean>();
  return (windows, timeZone) => {
    const open = known.get(windows) ?? isWithin(windows, timeZone, nowMs);
    known.set(windows, open);
    return open;
  };
}
