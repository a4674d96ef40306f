import type { ComparableMoment } from './comparable-moments.ts';
import type { SignalHistory } from './signal-history.ts';

/** More lines than these hide each other; and a verdict is kept for as long as the journal. */
const MOST = 40;
/** What weighs less was hardly compared with. */
const LEAST_WEIGHT = 0.1;

/** Times of the moments that a verdict was compared with, for whoever wants to look at them: 40 at most, evenly drawn. */
export function drawnMoments(
  moments: readonly ComparableMoment[],
  { firstMs, pointMs }: Pick<SignalHistory, 'firstMs' | 'pointMs'>,
): number[] {
  const times = moments.flatMap(({ at, weight }) =>
    at === undefined || weight < LEAST_WEIGHT ? [] : [firstMs + at * pointMs],
  );
  const count = Math.min(times.length, MOST);
  return Array.from({ length: count }, (_, index) => times[Math.floor((index * times.length) / count)]!);
}
