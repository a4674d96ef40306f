import type { RunningMeans } from './signal-history.ts';

const DAY_MS = 86_400_000;
const HALF_HOURS = 48;
/** At least so many days: of fewer, what was one day's trouble would be every day's shape. */
const FEWEST_DAYS = 3;
/** Cut off at either end. */
const TRIMMED_SHARE = 0.25;
const ENOUGH_OF_A_DAY = 0.8;

/**
 * What is usual at a time of day: means over half an hour, less the mean of their day, averaged over the *other* days. A day that
 * told of its own shape would know what came after the moment that is predicted.
 */
export class DayShape {
  readonly #pointsPerDay: number;
  readonly #end: number;
  readonly #days: number;
  /** For each day that is left out: the shape point by point, as sums from the beginning of a day on. */
  readonly #sums: readonly Float64Array[];

  private constructor(of: { pointsPerDay: number; end: number; days: number; sums: Float64Array[] }) {
    this.#pointsPerDay = of.pointsPerDay;
    this.#end = of.end;
    this.#days = of.days;
    this.#sums = of.sums;
  }

  /** Undefined when there are too few days, or when a point is too long for half-hours. Days are counted back from `end`. */
  static of(means: RunningMeans, end: number, pointMs: number): DayShape | undefined {
    const pointsPerDay = Math.round(DAY_MS / pointMs);
    const days = Math.floor(end / pointsPerDay);
    if (days < FEWEST_DAYS || pointsPerDay < HALF_HOURS) return undefined;
    const profiles = Array.from({ length: days }, (_, day) =>
      profileOf(means, end - (day + 1) * pointsPerDay, pointsPerDay),
    );
    const sums = profiles.map((_, day) => {
      const others = profiles.filter((__, other) => isOther(other, day));
      return sumsOf(averageProfile(others), pointsPerDay);
    });
    return new DayShape({ pointsPerDay, end, days, sums });
  }

  /** The shape at a point, as somebody sees it who stands at `from` and does not look at that day. */
  at(point: number, from: number): number {
    return this.mean(point, point + 1, from);
  }

  /** Its mean over the points from `first` to before `end`, less than a day later. */
  mean(first: number, end: number, from: number): number {
    const sums = this.#sums[this.#dayOf(from)]!;
    const points = this.#pointsPerDay;
    const start = modulo(first - this.#end, points);
    const stop = start + (end - first);
    const sum = stop <= points ? sums[stop]! : sums[points]! + sums[stop - points]!;
    return (sum - sums[start]!) / (end - first);
  }

  /** Counted back from the end; what lies before the first whole day counts as of the first. */
  #dayOf(point: number): number {
    const day = Math.floor((this.#end - 1 - point) / this.#pointsPerDay);
    return Math.min(Math.max(day, 0), this.#days - 1);
  }
}

/** Linear between the middles of the half-hours, round the clock. */
function sumsOf(shape: Float64Array, points: number): Float64Array {
  const sums = new Float64Array(points + 1);
  for (let point = 0; point < points; point++) {
    const place = ((point + 0.5) / points) * HALF_HOURS - 0.5;
    const below = Math.floor(place);
    const [low, high] = [shape[modulo(below, HALF_HOURS)]!, shape[modulo(below + 1, HALF_HOURS)]!];
    sums[point + 1] = sums[point]! + low + (high - low) * (place - below);
  }
  return sums;
}

/** A window that begins late in a day reaches into the next one: neither may tell. */
function isOther(other: number, day: number): boolean {
  return other !== day && other !== day - 1;
}

/** The half-hours of a day less its mean; empty when too little of the day is there. */
function profileOf(means: RunningMeans, first: number, points: number): Float64Array {
  if (means.coverage(first, first + points) < ENOUGH_OF_A_DAY) return new Float64Array(0);
  const ofDay = means.mean(first, first + points);
  return Float64Array.from({ length: HALF_HOURS }, (_, halfHour) => {
    const from = first + Math.round((halfHour * points) / HALF_HOURS);
    return means.mean(from, first + Math.round(((halfHour + 1) * points) / HALF_HOURS)) - ofDay;
  });
}

function averageProfile(profiles: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: HALF_HOURS }, (_, halfHour) => {
    const there = profiles.map((profile) => profile[halfHour] ?? NaN).filter((value) => !Number.isNaN(value));
    return trimmedMean(Float64Array.from(there));
  });
}

/** 0 of nothing: where nothing is usual, nothing is expected. */
function trimmedMean(values: Float64Array): number {
  if (values.length === 0) return 0;
  const cut = Math.floor(values.length * TRIMMED_SHARE);
  const kept = values.sort().subarray(cut, values.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
