import { SlidingWindow } from './sliding-window.ts';

/**
 * What a level is held against: the last day as a whole, the same time on the days before, the same time in the weeks
 * before, and the level one window ago.
 */
export type Reference = 'day' | 'daily' | 'weekly' | 'before';

/** A reference that follows a season: what was there so many periods ago, of each period the same time. */
export interface Season {
  reference: Reference;
  days: number;
  /** How many periods are looked back. */
  periods: number;
}

export const SEASONS: readonly Season[] = [
  { reference: 'daily', days: 1, periods: 5 },
  { reference: 'weekly', days: 7, periods: 3 },
];
/** With fewer periods behind it, a season is not known. */
export const LEAST_PERIODS = 2;

/** Share of the expected points that a baseline needs before it is believed. */
export const READY_SHARE = 0.8;
/** The band is never narrower than this share of the centre: below it, a change is of no interest to anyone. */
export const RELATIVE_FLOOR = 0.02;
/** For signals without a floor of their own. */
export const ABSOLUTE_FLOOR = 0.001;
/** The middle 40 % of the deviations make the scale: 30 % of foreign values on one side do not widen it. */
export const INNER = { low: 0.3, high: 0.7 } as const;
/** The width of that middle in a normal distribution, in standard deviations: twice its 0.7 quantile. */
export const INNER_OF_NORMAL = 1.0488;
/** A season is there when it explains the last day with at most this share of the width that the day has without it. */
export const NARROWER = 0.8;
/** References up to this many times as wide as the narrowest are as good as it. */
export const AS_GOOD = 1.5;

/** z beyond which a signal is said to deviate, and the one below which it is said to be back. */
export const DEVIATES_AT = 4;
export const BACK_BELOW = 2.5;
/** The z of the change within one window beyond which a signal is said to jump. */
export const JUMPS_AT = 3.5;

/** How many points make what; all of one interval. */
export interface BaselineShape {
  windowPoints: number;
  rangePoints: number;
  dayPoints: number;
  /** The smallest scale, in the signal's unit. */
  floor: number;
}

/** A level against one reference. */
export interface ReferenceReading {
  /** Level minus what it is held against. */
  deviation: number;
  /** The median deviation of the last day. */
  shift: number;
  scale: number;
  width: number;
  zscore: number;
  /** There are enough points of it to believe it. */
  learned: boolean;
}

export interface BaselineReading {
  level: number;
  references: Readonly<Partial<Record<Reference, ReferenceReading>>>;
  /** The references that may speak for the last day. */
  candidates: readonly Reference[];
  /** The reference that explains the level best, of those that have explained the last day. */
  closest: Reference;
  center: number;
  scale: number;
  zscore: number;
  /** The z of the change within one window; missing right after a gap. */
  jump: number | undefined;
  ready: boolean;
}

/** What a season was at this time, from the periods before that are known: their median. */
export function seasonProfile(past: readonly (number | undefined)[]): number | undefined {
  const known = past.filter((value) => value !== undefined).sort((one, other) => one - other);
  if (known.length < LEAST_PERIODS) return undefined;
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle]! : known[middle - 1]! * 0.5 + known[middle]! * 0.5;
}

/**
 * The baseline of one signal, fed point by point: the same formulas as the rules of baseline-rules.ts.
 *
 * For each reference, d = level - reference; its shift m is the median of d over the range, its scale
 * s = max((Q70 - Q30 of d) / 1.0488, 2 % of the centre, floor), and z = (d - m) / s.
 */
export class Baseline {
  readonly #shape: BaselineShape;
  #values: SlidingWindow;
  #levels: History;
  #deviations: Map<Reference, SlidingWindow>;

  constructor(shape: BaselineShape) {
    this.#shape = shape;
    this.#values = new SlidingWindow(shape.windowPoints);
    this.#levels = new History(
      Math.max(...SEASONS.map(({ days, periods }) => days * periods)) * shape.dayPoints,
    );
    const references: Reference[] = ['day', ...SEASONS.map(({ reference }) => reference), 'before'];
    this.#deviations = new Map(references.map((name) => [name, new SlidingWindow(shape.rangePoints)]));
  }

  /** A copy that goes its own way from here. */
  fork(): Baseline {
    const copy = new Baseline(this.#shape);
    copy.#values = this.#values.fork();
    copy.#levels = this.#levels.fork();
    copy.#deviations = new Map([...this.#deviations].map(([name, window]) => [name, window.fork()]));
    return copy;
  }

  /** The next value, undefined where there is none; says nothing of what is missing. */
  next(value: number | undefined): BaselineReading | undefined {
    this.#values.push(value);
    const level = value === undefined ? undefined : this.#values.mean();
    this.#levels.push(level);
    const references = this.#readReferences(level);
    return level === undefined ? undefined : this.#judge(level, references);
  }

  #readReferences(level: number | undefined): Partial<Record<Reference, ReferenceReading>> {
    const references: Partial<Record<Reference, ReferenceReading>> = {};
    for (const [name, window] of this.#deviations) {
      const against = level === undefined ? undefined : this.#reference(name);
      const deviation = against === undefined ? undefined : level! - against;
      window.push(deviation);
      if (deviation !== undefined) references[name] = this.#measure(window, level!, deviation);
    }
    return references;
  }

  /** What the level is held against; 0 for the day, whose median is the shift. */
  #reference(name: Reference): number | undefined {
    const { windowPoints, dayPoints } = this.#shape;
    if (name === 'day') return 0;
    if (name === 'before') return this.#levels.ago(windowPoints);
    const { days, periods } = SEASONS.find(({ reference }) => reference === name)!;
    return seasonProfile(
      Array.from({ length: periods }, (_, index) => this.#levels.ago((index + 1) * days * dayPoints)),
    );
  }

  #measure(window: SlidingWindow, level: number, deviation: number): ReferenceReading {
    const shift = window.quantile(0.5);
    const spread = (window.quantile(INNER.high) - window.quantile(INNER.low)) / INNER_OF_NORMAL;
    const center = shift - deviation + level;
    const scale = Math.max(spread, RELATIVE_FLOOR * Math.abs(center), this.#shape.floor);
    const width = Math.max(window.standardDeviation(), scale);
    const learned = window.count >= Math.floor(READY_SHARE * this.#shape.rangePoints);
    return { deviation, shift, scale, width, zscore: (deviation - shift) / scale, learned };
  }

  #judge(level: number, references: Partial<Record<Reference, ReferenceReading>>): BaselineReading {
    const candidates = candidatesOf(references);
    const closest = closestOf(candidates, references);
    const { deviation, shift, scale, zscore } = references[closest]!;
    return {
      level,
      references,
      candidates,
      closest,
      center: shift - deviation + level,
      scale,
      zscore,
      jump: references.before?.zscore,
      ready: references.day!.learned,
    };
  }
}

type References = Readonly<Partial<Record<Reference, ReferenceReading>>>;

/** The seasons that make the last day narrower; without one, the day. */
function candidatesOf(references: References): Reference[] {
  const width = references.day!.width;
  const seasons = SEASONS.map(({ reference }) => reference).filter((reference) => {
    const season = references[reference];
    return season?.learned === true && season.width <= NARROWER * width;
  });
  return seasons.length > 0 ? seasons : ['day'];
}

/**
 * Of the candidates that are about as narrow as the narrowest, the one that the level is closest to: so a Saturday is no
 * surprise to the weeks, though it is one to the days.
 */
function closestOf(candidates: readonly Reference[], references: References): Reference {
  const narrowest = Math.min(...candidates.map((name) => references[name]!.width));
  const distance = (name: Reference) => Math.abs(references[name]!.zscore);
  return candidates
    .filter((name) => references[name]!.width <= AS_GOOD * narrowest)
    .reduce((one, other) => (distance(other) < distance(one) ? other : one));
}

/** Levels of the past, up to so many points ago. */
class History {
  readonly #ring: Float64Array;
  #next = 0;

  constructor(points: number) {
    this.#ring = new Float64Array(points + 1).fill(Number.NaN);
  }

  fork(): History {
    const copy = new History(this.#ring.length - 1);
    copy.#ring.set(this.#ring);
    copy.#next = this.#next;
    return copy;
  }

  push(level: number | undefined): void {
    this.#ring[this.#next] = level ?? Number.NaN;
    this.#next = (this.#next + 1) % this.#ring.length;
  }

  ago(points: number): number | undefined {
    const { length } = this.#ring;
    const level = this.#ring[(this.#next - 1 - points + 2 * length) % length]!;
    return Number.isNaN(level) ? undefined : level;
  }
}
