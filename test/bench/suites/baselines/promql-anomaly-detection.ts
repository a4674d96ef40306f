import { SlidingWindow } from '@evenkeel/signals';
import type { Detector } from './detector.ts';

// The two strategies of grafana/promql-anomaly-detection, from the formulas in its rules/adaptive.yml (commit 7ed6390)
// and rules/robust.yml (commit c133616), with the multipliers that it ships, evaluated once a minute.

const HOUR = 60;
const DAY = 1_440;
const FOR_MINUTES = 5;
/** Its seasonal bands are evaluated every five minutes. */
const SEASONAL_INTERVAL = 5;
const MULTIPLIER = 2;
/** The smallest band: this share of the centre to each side. */
const MARGIN = 0.5;

interface Band {
  lower: number;
  upper: number;
}

const NO_BAND: Band = { lower: Number.POSITIVE_INFINITY, upper: Number.NEGATIVE_INFINITY };

function around(center: number, halfWidth: number): Band {
  return { lower: center - halfWidth, upper: center + halfWidth };
}

/** From the lowest lower side to the highest upper one, and never below 0; bands that do not exist are NaN. */
function widest(bands: readonly Band[]): Band {
  const known = bands.filter(({ lower }) => !Number.isNaN(lower));
  return {
    lower: Math.max(0, Math.min(...known.map(({ lower }) => lower))),
    upper: Math.max(...known.map(({ upper }) => upper)),
  };
}

/** The alert of both: outside of the band for five minutes. */
class Outside {
  #minutes = 0;

  fork(): Outside {
    const copy = new Outside();
    copy.#minutes = this.#minutes;
    return copy;
  }

  /** A level of NaN is none. */
  next(level: number, { lower, upper }: Band): boolean {
    this.#minutes = level < lower || level > upper ? this.#minutes + 1 : 0;
    return this.#minutes > FOR_MINUTES;
  }
}

/** What a series was so many minutes ago. */
class Past {
  readonly #ring: Float64Array;
  #next = 0;

  constructor(minutes: number) {
    this.#ring = new Float64Array(minutes + 1).fill(Number.NaN);
  }

  fork(): Past {
    const copy = new Past(this.#ring.length - 1);
    copy.#ring.set(this.#ring);
    copy.#next = this.#next;
    return copy;
  }

  push(value: number): void {
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#ring.length;
  }

  ago(minutes: number): number {
    const { length } = this.#ring;
    return this.#ring[(this.#next - 1 - minutes + 2 * length) % length]!;
  }
}

/** It takes only values above zero. */
function selected(value: number): number | undefined {
  return value > 0 ? value : undefined;
}

const ADAPTIVE_WEEK_AGO = 167.5 * HOUR;
const ADAPTIVE_DAY_AGO = 23.5 * HOUR;
/** Hours whose standard deviation is below this share of their mean do not count. */
const LEAST_VARIATION = 0.5;

/** Mean of the hour plus and minus two smoothed standard deviations, half the mean, or what was there a day or week ago. */
export class Adaptive implements Detector {
  #hour = new SlidingWindow(HOUR);
  #means = new Past(ADAPTIVE_WEEK_AGO);
  #deviations = new Past(ADAPTIVE_WEEK_AGO);
  #lively = new SlidingWindow(26 * HOUR);
  #seasonal = NO_BAND;
  #outside = new Outside();
  #minute = 0;

  fork(): Adaptive {
    const copy = new Adaptive();
    copy.#hour = this.#hour.fork();
    copy.#means = this.#means.fork();
    copy.#deviations = this.#deviations.fork();
    copy.#lively = this.#lively.fork();
    copy.#seasonal = this.#seasonal;
    copy.#outside = this.#outside.fork();
    copy.#minute = this.#minute;
    return copy;
  }

  next(value: number): boolean {
    this.#hour.push(selected(value));
    const [mean, deviation] = [this.#hour.mean(), this.#hour.standardDeviation()];
    this.#means.push(mean);
    this.#deviations.push(deviation);
    this.#lively.push(deviation > LEAST_VARIATION * mean ? deviation : undefined);
    if (this.#minute % SEASONAL_INTERVAL === 0) this.#seasonal = this.#lookBack();
    this.#minute += 1;
    const bands = [
      around(mean, MULTIPLIER * this.#lively.mean()),
      around(mean, MARGIN * mean),
      this.#seasonal,
    ];
    return this.#outside.next(selected(value) ?? Number.NaN, widest(bands));
  }

  #lookBack(): Band {
    return widestSeason(
      [ADAPTIVE_WEEK_AGO, ADAPTIVE_DAY_AGO].map((ago) =>
        around(this.#means.ago(ago), MULTIPLIER * this.#deviations.ago(ago)),
      ),
    );
  }
}

const ROBUST_WEEK_AGO = 167.75 * HOUR;
const ROBUST_DAY_AGO = 23.75 * HOUR;

/** The median of an hour against that of a day plus and minus two median absolute deviations, or half the median. */
export class Robust implements Detector {
  #hour = new SlidingWindow(HOUR);
  #day = new SlidingWindow(DAY);
  #distances = new SlidingWindow(DAY);
  #values = new Past(ROBUST_WEEK_AGO);
  #hourMedians = new Past(ROBUST_WEEK_AGO);
  #seasons = [ROBUST_WEEK_AGO, ROBUST_DAY_AGO].map((ago) => ({
    ago,
    distances: new SlidingWindow(HOUR / SEASONAL_INTERVAL),
  }));
  #seasonal = NO_BAND;
  #outside = new Outside();
  #minute = 0;

  fork(): Robust {
    const copy = new Robust();
    copy.#hour = this.#hour.fork();
    copy.#day = this.#day.fork();
    copy.#distances = this.#distances.fork();
    copy.#values = this.#values.fork();
    copy.#hourMedians = this.#hourMedians.fork();
    copy.#seasons = this.#seasons.map(({ ago, distances }) => ({ ago, distances: distances.fork() }));
    copy.#seasonal = this.#seasonal;
    copy.#outside = this.#outside.fork();
    copy.#minute = this.#minute;
    return copy;
  }

  next(value: number): boolean {
    const taken = selected(value);
    this.#hour.push(taken);
    this.#day.push(taken);
    const [level, median] = [this.#hour.quantile(0.5), this.#day.quantile(0.5)];
    this.#distances.push(taken === undefined ? undefined : Math.abs(taken - median));
    this.#values.push(taken ?? Number.NaN);
    this.#hourMedians.push(level);
    if (this.#minute % SEASONAL_INTERVAL === 0) this.#seasonal = this.#lookBack();
    this.#minute += 1;
    const bands = [
      around(median, MULTIPLIER * this.#distances.quantile(0.5)),
      around(median, MARGIN * median),
      this.#seasonal,
    ];
    return this.#outside.next(level, widest(bands));
  }

  #lookBack(): Band {
    const bands = this.#seasons.map(({ ago, distances }) => {
      const median = this.#hourMedians.ago(ago);
      const distance = Math.abs(this.#values.ago(ago) - median);
      distances.push(Number.isNaN(distance) ? undefined : distance);
      return around(median, MULTIPLIER * distances.quantile(0.5));
    });
    return widestSeason(bands);
  }
}

/** Without any season yet, a band that widens nothing. */
function widestSeason(bands: readonly Band[]): Band {
  const known = bands.filter(({ lower }) => !Number.isNaN(lower));
  return {
    lower: Math.min(NO_BAND.lower, ...known.map(({ lower }) => lower)),
    upper: Math.max(NO_BAND.upper, ...known.map(({ upper }) => upper)),
  };
}
