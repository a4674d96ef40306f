import type { Detector } from './detector.ts';
import type { NoiseModel } from './noise-models.ts';
import { seeded } from './random.ts';

export interface SimulationPlan {
  weeks: number;
  steps: number;
  seed: number;
}

export interface SimulationResult {
  falseAlarmsPerWeek: number;
  /** Minutes from the first sample of a step to the alert; WATCHED_MINUTES where none came. */
  delaysMinutes: number[];
}

/** How long one waits for a step to be seen. */
export const WATCHED_MINUTES = 120;

const MINUTES_A_WEEK = 10_080;
/** Three weeks and a day, so that every season is known when the counting begins. */
const WARM_UP_MINUTES = 3 * MINUTES_A_WEEK + 1_440;

/** Lets a detector watch weeks in which nothing happens, and from time to time a copy of it a step that stays. */
export function simulate(
  model: NoiseModel,
  detector: Detector,
  { weeks, steps, seed }: SimulationPlan,
): SimulationResult {
  const next = model.start(seeded(seed));
  const minutes = weeks * MINUTES_A_WEEK;
  const everyMinutes = Math.floor(minutes / steps);
  let [falseAlarms, wasFiring] = [0, false];
  let trials: Trial[] = [];
  const delaysMinutes: number[] = [];
  for (let minute = 0; minute < WARM_UP_MINUTES + minutes; minute += 1) {
    const counted = minute >= WARM_UP_MINUTES;
    if (counted && minute % everyMinutes === 0 && !wasFiring) trials.push(new Trial(detector.fork()));
    const { calm, stepped } = next(minute);
    for (const trial of trials) trial.next(stepped);
    delaysMinutes.push(...trials.flatMap(({ delayMinutes }) => delayMinutes ?? []));
    trials = trials.filter(({ delayMinutes }) => delayMinutes === undefined);
    const firing = detector.next(calm);
    if (counted && firing && !wasFiring) falseAlarms += 1;
    wasFiring = firing;
  }
  return { falseAlarmsPerWeek: falseAlarms / weeks, delaysMinutes };
}

/** One step, from its first sample until it is seen. */
class Trial {
  delayMinutes: number | undefined;
  readonly #detector: Detector;
  #watchedMinutes = 0;

  constructor(detector: Detector) {
    this.#detector = detector;
  }

  next(value: number): void {
    const seen = this.#detector.next(value);
    if (seen || this.#watchedMinutes === WATCHED_MINUTES) this.delayMinutes = this.#watchedMinutes;
    this.#watchedMinutes += 1;
  }
}
