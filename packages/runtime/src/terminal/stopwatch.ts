/** Elapsed time as a stopwatch shows it: `0:07.3`, `12:00.0`. */
export function formatStopwatch(elapsedMs: number): string {
  const tenths = Math.floor(elapsedMs / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${minutes}:${seconds}`;
}
