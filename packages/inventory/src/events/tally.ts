import type { EventQuery } from '../profiles/profile.ts';
import { DECIMALS, type EventRow } from './event-row.ts';

/** What the rows with the same labels add up to. */
export interface LabelTotals {
  labels: readonly string[];
  rows: number;
  amounts: bigint[];
  histograms: HistogramTotals[];
}

export interface HistogramTotals {
  /** Observations in each bucket alone, that above the last bound included. */
  counts: number[];
  sum: bigint;
}

/** Sums of event rows by labels. Rows can be taken out again, exactly. */
export class Tally {
  readonly #byLabels = new Map<string, LabelTotals>();
  readonly #query: EventQuery;
  readonly #bounds: readonly (readonly bigint[])[];

  constructor(query: EventQuery) {
    this.#query = query;
    this.#bounds = query.histograms.map(({ kpi }) =>
      kpi.boundsSeconds.map((bound) => BigInt(Math.round(bound * 1000)) * 10n ** BigInt(DECIMALS - 3)),
    );
  }

  get totals(): LabelTotals[] {
    return [...this.#byLabels.values()];
  }

  add(row: EventRow): void {
    this.#apply(row, 1);
  }

  remove(row: EventRow): void {
    this.#apply(row, -1);
  }

  addTotals(totals: readonly LabelTotals[]): void {
    for (const one of totals) this.#merge(one, 1);
  }

  removeTotals(totals: readonly LabelTotals[]): void {
    for (const one of totals) this.#merge(one, -1);
  }

  #apply(row: EventRow, sign: 1 | -1): void {
    const entry = this.#entry(row.labels);
    entry.rows += sign;
    for (const [index, amount] of row.amounts.entries()) entry.amounts[index]! += BigInt(sign) * amount;
    for (const [index, observation] of row.observations.entries()) {
      if (observation === null) continue;
      const histogram = entry.histograms[index]!;
      const bounds = this.#bounds[index]!;
      const bucket = bounds.findIndex((bound) => observation <= bound);
      histogram.counts[bucket === -1 ? bounds.length : bucket]! += sign;
      histogram.sum += BigInt(sign) * observation;
    }
    this.#dropEmpty(entry);
  }

  #merge(other: LabelTotals, sign: 1 | -1): void {
    const entry = this.#entry(other.labels);
    entry.rows += sign * other.rows;
    for (const [index, amount] of other.amounts.entries()) entry.amounts[index]! += BigInt(sign) * amount;
    for (const [index, { counts, sum }] of other.histograms.entries()) {
      const histogram = entry.histograms[index]!;
      for (const [bucket, count] of counts.entries()) histogram.counts[bucket]! += sign * count;
      histogram.sum += BigInt(sign) * sum;
    }
    this.#dropEmpty(entry);
  }

  #entry(labels: readonly string[]): LabelTotals {
    const key = labels.join('\u0000');
    const known = this.#byLabels.get(key);
    if (known !== undefined) return known;
    const fresh: LabelTotals = {
      labels,
      rows: 0,
      amounts: this.#query.values.map(() => 0n),
      histograms: this.#bounds.map((bounds) => ({
        counts: new Array<number>(bounds.length + 1).fill(0),
        sum: 0n,
      })),
    };
    this.#byLabels.set(key, fresh);
    return fresh;
  }

  /** Labels that no row has any more are no series, as in a count from scratch. */
  #dropEmpty({ labels, rows }: LabelTotals): void {
    if (rows === 0) this.#byLabels.delete(labels.join('\u0000'));
  }
}
