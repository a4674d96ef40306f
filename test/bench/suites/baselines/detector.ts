import { Baseline, DeviationAlert } from '@evenkeel/signals';

/** Something that is given a value a minute and says whether its alert is firing. */
export interface Detector {
  next(value: number): boolean;
  /** A copy that goes its own way from here. */
  fork(): Detector;
}

const MINUTES_A_DAY = 1_440;
const WINDOW_MINUTES = 5;
const FOR_MINUTES = 5;
const KEEP_FIRING_MINUTES = 5;

/** Evenkeel's rules at production's timing; a band, so that deviations to both sides count. */
export function evenkeel(floor: number): Detector {
  return new EvenkeelDetector(
    new Baseline({
      windowPoints: WINDOW_MINUTES,
      rangePoints: MINUTES_A_DAY,
      dayPoints: MINUTES_A_DAY,
      floor,
    }),
    new DeviationAlert({
      direction: 'band',
      forPoints: FOR_MINUTES,
      keepFiringPoints: KEEP_FIRING_MINUTES,
    }),
  );
}

class EvenkeelDetector implements Detector {
  readonly #baseline: Baseline;
  readonly #alert: DeviationAlert;

  constructor(baseline: Baseline, alert: DeviationAlert) {
    this.#baseline = baseline;
    this.#alert = alert;
  }

  next(value: number): boolean {
    return this.#alert.next(this.#baseline.next(value)) === 'firing';
  }

  fork(): Detector {
    return new EvenkeelDetector(this.#baseline.fork(), this.#alert.fork());
  }
}
