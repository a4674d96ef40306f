import type { Logger } from '@evenkeel/toolkit';
import { counter, type Family, type ScalarFamily } from '../model/family.ts';
import { SeriesLabels } from '../model/series-labels.ts';

export interface SeriesLimitOptions {
  /** Label sets that a family may have; a histogram's count once each. */
  maxSeriesPerFamily: number;
  logger: Logger;
}

/**
 * Keeps a label with too many values from flooding Prometheus: of each family the first series pass, the others are
 * dropped, counted, and logged when that begins and ends.
 */
export class SeriesLimit {
  readonly #max: number;
  readonly #logger: Logger;
  readonly #dropped = new Map<string, number>();
  readonly #exceeding = new Set<string>();
  readonly #labels = new SeriesLabels((family) => ({ family }));

  constructor({ maxSeriesPerFamily, logger }: SeriesLimitOptions) {
    this.#max = maxSeriesPerFamily;
    this.#logger = logger;
  }

  apply(families: readonly Family[]): Family[] {
    const seen = new Map<string, number>();
    const kept = families.map((family) => {
      const before = seen.get(family.name) ?? 0;
      seen.set(family.name, before + family.samples.length);
      const room = Math.max(0, this.#max - before);
      return family.samples.length <= room ? family : cut(family, room);
    });
    for (const [name, count] of seen) this.#note(name, count);
    return kept;
  }

  /** What was dropped since the start, by family. */
  family(): ScalarFamily {
    return counter(
      'evenkeel_exporter_series_dropped_total',
      'Series that were left out because their family had too many, added up over scrapes.',
      [...this.#dropped].map(([name, value]) => ({ labels: this.#labels.of(name), value })),
    );
  }

  #note(family: string, count: number): void {
    if (count > this.#max) {
      this.#dropped.set(family, (this.#dropped.get(family) ?? 0) + count - this.#max);
      if (this.#exceeding.has(family)) return;
      this.#exceeding.add(family);
      this.#logger.warn({ family, series: count, limit: this.#max }, 'family has too many series');
    } else if (this.#exceeding.delete(family)) {
      this.#logger.info({ family }, 'family is within its limit again');
    }
  }
}

function cut(family: Family, count: number): Family {
  return family.type === 'histogram'
    ? { ...family, samples: family.samples.slice(0, count) }
    : { ...family, samples: family.samples.slice(0, count) };
}
