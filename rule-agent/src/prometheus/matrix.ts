import { type Labels, targetKey } from '../model/target.ts';
import { type Failure, failure } from './failure.ts';
import type { Grid, RangeSeries } from './range.ts';

/** 80 MB. A month of one signal at 15 s, on sixty targets. */
const MOST_VALUES = 10_000_000;

interface SeriesInTheMaking extends RangeSeries {
  texts: Map<number, string>;
}

const NO_TEXTS = new Map<number, string>();

/** The series of a range, put together from the answers for its pieces. */
export class Matrix {
  readonly #grid: Grid;
  readonly #mostValues: number;
  readonly #byName = new Map<string, SeriesInTheMaking>();

  constructor(grid: Grid, mostValues = MOST_VALUES) {
    this.#grid = grid;
    this.#mostValues = mostValues;
  }

  /** The series of this name, made when it is new; a failure when there is no room for it. */
  seriesOf(labels: Labels): { name: string; series: SeriesInTheMaking } | Failure {
    const name = targetKey(labels);
    const known = this.#byName.get(name);
    if (known !== undefined) return { name, series: known };
    const { points } = this.#grid;
    if ((this.#byName.size + 1) * points > this.#mostValues) return tooMany(points, this.#mostValues);
    const values = new Float64Array(points).fill(Number.NaN);
    const series = { labels, values, texts: NO_TEXTS };
    this.#byName.set(name, series);
    return { name, series };
  }

  get series(): readonly RangeSeries[] {
    return [...this.#byName.values()];
  }
}

/** Sets what a series has at a point. */
export function setAt(series: SeriesInTheMaking, point: number, value: number | string): void {
  if (typeof value === 'number') series.values[point] = value;
  else if (series.texts === NO_TEXTS) series.texts = new Map([[point, value]]);
  else series.texts.set(point, value);
}

function tooMany(points: number, mostValues: number): Failure {
  return failure(
    'query',
    `more than ${Math.floor(mostValues / points)} series of ${points} points: ` +
      'ask for fewer series, a shorter time or a longer step',
  );
}
