import { meanOf } from './mean.ts';

/** Makes a median absolute deviation comparable to a standard deviation, under a normal distribution. */
const TO_SIGMA = 1.4826;
/** The same of a mean absolute deviation: the square root of pi / 2. */
const MEAN_TO_SIGMA = 1.2533;

/** Where a series lies, and how far it spreads. */
export interface Scale {
  median: number;
  /** Robust: a few extremes change it little. 0 when the series does not move at all. */
  sigma: number;
  /** The values that are there, from small to large. */
  sorted: Float64Array;
}

/**
 * Median and 1.4826 x median absolute deviation. Where more than half of the points are the same, which is common of counts, the
 * mean absolute deviation takes the place of a median that would be 0.
 */
export function robustScale(values: Float64Array): Scale {
  const sorted = sortedNumbers(values);
  const median = quantileOfSorted(sorted, 0.5);
  const deviations = deviationsFrom(median, sorted);
  const sigma = TO_SIGMA * quantileOfSorted(deviations, 0.5);
  return { median, sigma: sigma > 0 ? sigma : MEAN_TO_SIGMA * meanOf(deviations), sorted };
}

/** From small to large, too: the values lie in order on either side, and the nearer of the two is next. */
function deviationsFrom(median: number, sorted: Float64Array): Float64Array {
  const deviations = new Float64Array(sorted.length);
  let above = sorted.findIndex((value) => value >= median);
  let below = above - 1;
  for (let at = 0; at < sorted.length; at++) {
    const [down, up] = [median - (sorted[below] ?? -Infinity), (sorted[above] ?? Infinity) - median];
    deviations[at] = Math.min(down, up);
    if (down < up) below -= 1;
    else above += 1;
  }
  return deviations;
}

/** The values that are there, from small to large. */
export function sortedNumbers(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** Linear between two values (type 7 of Hyndman and Fan, what numpy does by default); NaN of nothing. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(position)] ?? NaN, sorted[Math.ceil(position)] ?? NaN];
  return below + (above - below) * (position - Math.floor(position));
}
