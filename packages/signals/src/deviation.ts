import { BACK_BELOW, type BaselineReading, DEVIATES_AT, JUMPS_AT } from './baseline.ts';
import type { Direction } from './signal.ts';

export type AlertState = 'inactive' | 'pending' | 'firing';

export interface DeviationOptions {
  direction: Direction;
  /** Points that it must last before it fires, and for which it goes on firing. */
  forPoints: number;
  keepFiringPoints: number;
}

/** The alert on a baseline, point by point: the twin of `deviationAlert`, and of what Prometheus does with it. */
export class DeviationAlert {
  readonly #options: DeviationOptions;
  #state: AlertState = 'inactive';
  #sincePoint = 0;
  #lastPoint = 0;
  #point = 0;

  constructor(options: DeviationOptions) {
    this.#options = options;
  }

  /** A copy that goes its own way from here. */
  fork(): DeviationAlert {
    const copy = new DeviationAlert(this.#options);
    copy.#state = this.#state;
    copy.#sincePoint = this.#sincePoint;
    copy.#lastPoint = this.#lastPoint;
    copy.#point = this.#point;
    return copy;
  }

  get state(): AlertState {
    return this.#state;
  }

  next(reading: BaselineReading | undefined): AlertState {
    this.#point += 1;
    if (reading !== undefined && this.#isBad(reading)) this.#goOn();
    else this.#end();
    return this.#state;
  }

  #isBad({ zscore, jump, ready }: BaselineReading): boolean {
    const bad = badness(zscore, this.#options.direction);
    const jumps = jump === undefined ? 0 : jumpBadness(jump, zscore, this.#options.direction);
    const begins = bad > DEVIATES_AT || (jumps > JUMPS_AT && bad > BACK_BELOW);
    const goesOn = this.#state !== 'inactive' && bad > BACK_BELOW;
    return ready && (begins || goesOn);
  }

  #goOn(): void {
    if (this.#state === 'inactive') {
      this.#state = 'pending';
      this.#sincePoint = this.#point;
    }
    if (this.#point - this.#sincePoint >= this.#options.forPoints) this.#state = 'firing';
    this.#lastPoint = this.#point;
  }

  #end(): void {
    const kept = this.#point - this.#lastPoint <= this.#options.keepFiringPoints;
    if (this.#state === 'pending' || !kept) this.#state = 'inactive';
  }
}

/** z, positive on the side that is bad: up where less is better, down where more is, both for a band. */
export function badness(zscore: number, direction: Direction): number {
  if (direction === 'band') return Math.abs(zscore);
  return direction === 'lower' ? zscore : -zscore;
}

/** The same of a jump; in a band, the bad side is the one on which the signal is now. */
export function jumpBadness(jump: number, zscore: number, direction: Direction): number {
  return direction === 'band' ? jump * Math.sign(zscore) : badness(jump, direction);
}
