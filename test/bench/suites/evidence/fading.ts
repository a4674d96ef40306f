import { LOOKS } from '../../../../rule-agent/src/model/event.ts';
import { judge, lookBack } from '../../../../rule-agent/src/verification/index.ts';
import { measured, type Measurement } from '../../measurement.ts';
import { drawFirings, type Firing, questionOf, SETTLE } from '../verdicts/firings.ts';

const WINDOW = 30;
const SEED = 5;
/** A lasting improvement may be taken back in one of twenty at most. */
const WRONG_GOAL = 0.05;

export interface FadingPlan {
  noises: readonly string[];
  /** In standard deviations of the signal. */
  effects: readonly number[];
  firings: number;
}

/** Of actions that had improved their signal: how often that is taken back though it lasts, and though it ended with the first window. */
export function fading(suite: string, { noises, effects, firings }: FadingPlan): Measurement[] {
  return noises.flatMap((noise) =>
    effects.flatMap((sigmas) => {
      const cell = { noise, share: 0.97, window: LOOKS.at(-1)! * WINDOW, days: 14 };
      const improved = [...drawFirings(cell, firings, SEED)].filter((firing) => isImproved(firing, sigmas));
      const takenBack = (lasts: boolean) =>
        improved.filter((firing) => isTakenBack(firing, { sigmas, lasts })).length / improved.length;
      const error = Math.sqrt((WRONG_GOAL * (1 - WRONG_GOAL)) / improved.length);
      const figure = (name: string, value: number, goal?: number) =>
        measured({
          ...{ suite, name: `${name}_${noise}_${sigmas}_sigma`, value, unit: 'share', ...(goal && { goal }) },
          of: `${improved.length} actions that had improved their signal by ${sigmas} sigma for ${WINDOW} minutes`,
        });
      return [
        figure('lasting_taken_back', takenBack(true), WRONG_GOAL + 2 * error),
        figure('ended_missed', 1 - takenBack(false)),
      ];
    }),
  );
}

function isImproved(firing: Firing, sigmas: number): boolean {
  return judge(questionOf(firing, WINDOW, sigmas * firing.sigma)).verdict === 'improved';
}

/** The first window is as it was; what comes after it is as if nobody had acted, or not. */
function isTakenBack(firing: Firing, { sigmas, lasts }: { sigmas: number; lasts: boolean }): boolean {
  const question = questionOf(firing, WINDOW, sigmas * firing.sigma);
  const last = firing.before + SETTLE + WINDOW;
  const values = question.signal.values.map((value, at) =>
    lasts || at <= last ? value : firing.values[at]!,
  );
  const signal = { ...question.signal, values };
  return LOOKS.some((look) => lookBack({ ...question, signal }, look).faded);
}
