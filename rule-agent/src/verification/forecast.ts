import type { Features, Window } from './features.ts';
import { meanOf } from './mean.ts';
import { dotProduct, NormalEquations } from './ridge.ts';

const FOLDS = 8;
const ROWS_PER_WINDOW = 8;
/** Of their mean: what is far beyond was learned from too little. */
const LEAST_SPREAD = 0.4;
const MOST_SPREAD = 3;

export interface FitOptions extends Window {
  features: Features;
  /** One after the last point that may be known. */
  end: number;
  pointsPerDay: number;
  /** Whether an action may have touched the signal between two points. */
  isTouched: (from: number, to: number) => boolean;
}

/** Forecast less what came: positive where it went better than forecast. `spread`: how far forecasts are off at such moments. */
export interface ForecastError {
  error: number;
  spread: number;
}

/**
 * What follows from a moment, learned from all of the past but the eighth that the moment is in: the past is judged by those
 * who do not know it, as the present is.
 */
export class Forecast {
  readonly #features: Features;
  readonly #folds: Folds;
  readonly #spread: Spread;

  private constructor(features: Features, folds: Folds, spread: Spread) {
    this.#features = features;
    this.#folds = folds;
    this.#spread = spread;
  }

  /** Undefined when there are too few moments to learn from. */
  static fit(options: FitOptions): Forecast | undefined {
    const { features } = options;
    const moments = momentsOf(options);
    if (moments.length < FOLDS * features.count) return undefined;
    const folds = new Folds(features, moments);
    const errors = moments.map((moment) => features.observed(moment) - folds.predict(moment));
    return new Forecast(features, folds, Spread.of(features, moments, errors));
  }

  /** The mean of the window after a moment, by what is known then. */
  predict(moment: number): number {
    return this.#folds.predict(moment);
  }

  /** Undefined where a moment, or what came after it, is not known well enough. */
  errorAt(moment: number): ForecastError | undefined {
    const observed = this.#features.observed(moment);
    if (!this.#features.isComplete(moment) || Number.isNaN(observed)) return undefined;
    return { error: this.predict(moment) - observed, spread: this.#spread.at(moment) };
  }
}

function momentsOf({ features, end, pointsPerDay, isTouched, ...window }: FitOptions): number[] {
  const every = Math.max(1, Math.round(window.windowPoints / ROWS_PER_WINDOW));
  const reach = window.settlePoints + window.windowPoints;
  const moments: number[] = [];
  for (let moment = pointsPerDay; moment + reach < end; moment += every) {
    if (!features.isComplete(moment) || isTouched(moment, moment + reach)) continue;
    if (!Number.isNaN(features.observed(moment))) moments.push(moment);
  }
  return moments;
}

class Folds {
  readonly #features: Features;
  readonly #row: Float64Array;
  /** The first moment of each. */
  readonly #starts: readonly number[];
  readonly #withoutFold: readonly Float64Array[];
  readonly #all: Float64Array;
  readonly #lastMoment: number;

  constructor(features: Features, moments: readonly number[]) {
    this.#features = features;
    this.#row = new Float64Array(features.count);
    const size = moments.length / FOLDS;
    const parts = Array.from({ length: FOLDS }, (_, fold) =>
      this.#sums(moments.slice(Math.round(fold * size), Math.round((fold + 1) * size))),
    );
    this.#starts = parts.map((_, fold) => moments[Math.round(fold * size)]!);
    this.#withoutFold = parts.map((part) => NormalEquations.sum(parts, part).solve());
    this.#all = NormalEquations.sum(parts).solve();
    this.#lastMoment = moments.at(-1)!;
  }

  predict(moment: number): number {
    this.#features.write(moment, this.#row);
    return dotProduct(this.#coefficientsFor(moment), this.#row);
  }

  #coefficientsFor(moment: number): Float64Array {
    if (moment > this.#lastMoment) return this.#all;
    let fold = FOLDS - 1;
    while (fold > 0 && moment < this.#starts[fold]!) fold -= 1;
    return this.#withoutFold[fold]!;
  }

  #sums(moments: readonly number[]): NormalEquations {
    const sums = new NormalEquations(this.#features.count);
    for (const moment of moments) {
      this.#features.write(moment, this.#row);
      sums.add(this.#row, this.#features.observed(moment));
    }
    return sums;
  }
}

/** How large errors are at which moments. */
class Spread {
  readonly #features: Features;
  readonly #coefficients: Float64Array;
  readonly #mean: number;

  private constructor(features: Features, coefficients: Float64Array, mean: number) {
    this.#features = features;
    this.#coefficients = coefficients;
    this.#mean = mean;
  }

  static of(features: Features, moments: readonly number[], errors: readonly number[]): Spread {
    const sums = new NormalEquations(3);
    for (const [index, moment] of moments.entries()) {
      sums.add(Float64Array.from(features.spreadFeatures(moment)), Math.abs(errors[index]!));
    }
    return new Spread(features, sums.solve(), meanOf(errors.map(Math.abs)));
  }

  at(moment: number): number {
    const row = Float64Array.from(this.#features.spreadFeatures(moment));
    const expected = dotProduct(this.#coefficients, row);
    return Math.min(Math.max(expected, LEAST_SPREAD * this.#mean), MOST_SPREAD * this.#mean);
  }
}
