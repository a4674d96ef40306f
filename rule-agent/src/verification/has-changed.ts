import { meanOf } from './mean.ts';

/** Windows that are looked at together. */
const STRETCH = 24;
/** So many stretches have to be there to compare with. */
const FEWEST_STRETCHES = 8;

export interface ErrorSource {
  /** The judged moment. */
  before: number;
  settlePoints: number;
  windowPoints: number;
  /** The error of a moment; undefined where it is not known. */
  errorAt: (moment: number) => number | undefined;
  /** The first moment that was learned from. */
  first: number;
}

/**
 * Whether forecasts have been off of late as they never were before: then the past says nothing of now. The mean error, and the mean
 * size of errors, of the last 24 windows are beyond those of all other stretches of 24.
 */
export function hasChanged(source: ErrorSource): boolean {
  const errors = errorsBackFrom(source);
  const sizes = errors.map(Math.abs);
  const last = meanOf(errors.slice(0, STRETCH));
  const others = errors.length - 2 * STRETCH + 1;
  if (others < FEWEST_STRETCHES) return false;
  const before = stretchMeans(errors.slice(STRETCH));
  return (
    last > Math.max(...before) ||
    last < Math.min(...before) ||
    meanOf(sizes.slice(0, STRETCH)) > Math.max(...stretchMeans(sizes.slice(STRETCH)))
  );
}

/**
 * One error for each window, back from the last that had ended by the judged moment. They are an odd number of points apart, a
 * little more than a window: at 30 points what happens every hour would always, or never, be in one.
 */
function errorsBackFrom({ before, settlePoints, windowPoints, errorAt, first }: ErrorSource): number[] {
  const apart = Math.floor((windowPoints * 11) / 10) | 1;
  const errors: number[] = [];
  for (let moment = before - settlePoints - windowPoints; moment >= first; moment -= apart) {
    const error = errorAt(moment);
    if (error !== undefined) errors.push(error);
  }
  return errors;
}

function stretchMeans(values: readonly number[]): number[] {
  return Array.from({ length: values.length - STRETCH + 1 }, (_, from) =>
    meanOf(values.slice(from, from + STRETCH)),
  );
}
