import { DayShape } from './day-shape.ts';
import { quantileOfSorted } from './scale.ts';
import { RunningMeans } from './signal-history.ts';

/** Half-lives in points of the weighted means of the past; those that are long against the history are left out. */
const HALF_LIVES = [2, 8, 40, 240];
const LONGEST_HALF_LIFE_SHARE = 1 / 30;
/** Of the level: beyond them what follows is not what follows from the middle. */
const HINGES = [0.9, 0.98];
const DAY_MS = 86_400_000;
const ROUGHNESS_HALF_LIFE = 60;
const SPREAD_LEVEL_HALF_LIFE = 8;

/** What is waited for after a moment, and then looked at, in points. */
export interface Window {
  settlePoints: number;
  windowPoints: number;
}

export interface FeatureSource extends Window {
  /** Scaled, and turned so that more is worse. It may go on beyond `end`: those points are only observed. */
  z: Float64Array;
  /** What the rule looks at, in the same scale. */
  level: Float64Array;
  /** The levels until `end`, from small to large. */
  sortedLevels: Float64Array;
  /** One after the last point that may be known. */
  end: number;
  pointMs: number;
  /** Series of the same signal that no action can have touched, scaled. */
  peers: readonly Float64Array[];
}

/** What is known at a moment about what will follow, as columns over all moments. */
export class Features {
  readonly count: number;
  readonly #source: FeatureSource;
  readonly #means: RunningMeans;
  readonly #observed: RunningMeans;
  readonly #peerMeans: readonly RunningMeans[];
  readonly #averages: readonly Float64Array[];
  readonly #hinges: readonly number[];
  readonly #shape: DayShape | undefined;
  readonly #roughness: Float64Array;
  readonly #spreadLevel: Float64Array;
  readonly #pointsPerDay: number;

  constructor(source: FeatureSource) {
    const { z, sortedLevels, end, pointMs, peers } = source;
    this.#source = source;
    const known = z.subarray(0, end);
    this.#means = new RunningMeans(known);
    this.#observed = new RunningMeans(z);
    this.#peerMeans = peers.map((peer) => new RunningMeans(peer));
    this.#averages = HALF_LIVES.filter((halfLife) => halfLife <= end * LONGEST_HALF_LIFE_SHARE).map(
      (halfLife) => weightedMeans(known, halfLife),
    );
    this.#hinges = HINGES.map((share) => quantileOfSorted(sortedLevels, share));
    this.#pointsPerDay = Math.round(DAY_MS / pointMs);
    this.#shape = DayShape.of(this.#means, end, pointMs);
    this.#roughness = weightedMeans(stepsOf(known), ROUGHNESS_HALF_LIFE);
    this.#spreadLevel = weightedMeans(known, SPREAD_LEVEL_HALF_LIFE);
    this.count =
      3 + this.#averages.length + HINGES.length + (this.#shape === undefined ? 0 : 2) + 2 * peers.length;
  }

  /** Whether a moment has all that it needs to be predicted. */
  isComplete(moment: number): boolean {
    return (
      moment >= 0 && !Number.isNaN(this.#source.z[moment]!) && !Number.isNaN(this.#source.level[moment]!)
    );
  }

  /** Writes the row of a moment. What is averaged has skipped the gaps. */
  write(moment: number, row: Float64Array): void {
    const { z, level, peers } = this.#source;
    let next = 0;
    row[next++] = 1;
    row[next++] = z[moment]!;
    for (const average of this.#averages) row[next++] = average[moment]!;
    row[next++] = orZero(this.#means.mean(moment + 1 - this.#pointsPerDay, moment + 1));
    for (const hinge of this.#hinges) row[next++] = Math.max(0, level[moment]! - hinge);
    const [first, end] = this.#windowOf(moment);
    if (this.#shape !== undefined) {
      row[next++] = this.#shape.at(moment, moment);
      row[next++] = this.#shape.mean(first, end, moment);
    }
    for (const [index, peer] of peers.entries()) {
      row[next++] = orZero(peer[moment]);
      row[next++] = orZero(this.#peerMeans[index]!.mean(first, end));
    }
  }

  /** What came: the mean over the window after a moment. NaN where more than a fifth of it is missing. */
  observed(moment: number): number {
    const [first, end] = this.#windowOf(moment);
    return this.#observed.coverage(first, end) < 0.8 ? NaN : this.#observed.mean(first, end);
  }

  /** What the spread of the errors may depend on. */
  spreadFeatures(moment: number): [number, number, number] {
    return [1, orZero(this.#roughness[moment]), orZero(this.#spreadLevel[moment])];
  }

  #windowOf(moment: number): [number, number] {
    const first = moment + 1 + this.#source.settlePoints;
    return [first, first + this.#source.windowPoints];
  }
}

/** Exponentially weighted means of the past; a gap leaves them as they were. */
export function weightedMeans(values: Float64Array, halfLife: number): Float64Array {
  const keep = 0.5 ** (1 / halfLife);
  const means = new Float64Array(values.length);
  // Weighted by what there is so far, so that the first points do not pull towards 0.
  let [sum, weight] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!Number.isNaN(value)) {
      sum = keep * sum + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
    }
    means[at] = weight === 0 ? NaN : sum / weight;
  }
  return means;
}

function stepsOf(values: Float64Array): Float64Array {
  return values.map((value, at) => (at === 0 ? NaN : Math.abs(value - values[at - 1]!)));
}

/** Of a peer that is shorter than the signal nothing is known there, either. */
function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
