/** What a series has at one step: a value, nothing, or Prometheus' mark that it has ended. */
export type SeriesStep = number | 'nothing' | 'stale';

const RANGE = /^(-?[0-9.]+(?:e-?\d+)?)(?:([+-][0-9.]+(?:e-?\d+)?))?x(\d+)$/i;
const GAP = /^_(?:x(\d+))?$/;
const MOST_STEPS = 100_000;

/**
 * Reads values in promtool's notation: `1+2x3` is 1 3 5 7, `5x2` is 5 5 5, `_` and `_x3` are gaps, `stale` ends the series.
 *
 * @returns the steps, or the item that cannot be read
 */
export function readSeries(notation: string): { steps: SeriesStep[] } | { wrong: string } {
  const steps: SeriesStep[] = [];
  for (const item of notation.split(/\s+/).filter((part) => part !== '')) {
    const read = readItem(item);
    if (read === undefined || steps.length + read.length > MOST_STEPS) return { wrong: item };
    steps.push(...read);
  }
  return { steps };
}

function readItem(item: string): SeriesStep[] | undefined {
  if (item === 'stale') return ['stale'];
  const gap = GAP.exec(item);
  if (gap !== null) return repeat(Number(gap[1] ?? 1), () => 'nothing');
  const range = RANGE.exec(item);
  if (range !== null) {
    const [first, step] = [Number(range[1]), Number(range[2] ?? 0)];
    return repeat(Number(range[3]) + 1, (index) => first + index * step);
  }
  if (/^[+-]?inf$/i.test(item)) return [item.startsWith('-') ? -Infinity : Infinity];
  if (/^nan$/i.test(item)) return [Number.NaN];
  return Number.isNaN(Number(item)) ? undefined : [Number(item)];
}

function repeat(times: number, stepAt: (index: number) => SeriesStep): SeriesStep[] | undefined {
  return times > MOST_STEPS ? undefined : Array.from({ length: times }, (_, index) => stepAt(index));
}
