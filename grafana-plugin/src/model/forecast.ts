import { type Series } from '../frames';

/** Where a series is heading if it goes on as it did: a line with its 80 % interval. */
export interface Forecast {
  timesMs: number[];
  center: number[];
  low: number[];
  high: number[];
}

const LEAST_POINTS = 12;
const MOST_POINTS = 240;
const POINTS_AHEAD = 16;
/** How far to look ahead, as a share of what is looked back on. */
export const SHARE_AHEAD = 1 / 8;
/** The 0.9 quantile of the normal distribution: an interval of 80 %. */
const Z80 = 1.2816;
const GRID = { alpha: [0.1, 0.2, 0.35, 0.5, 0.7, 0.9], beta: [0.02, 0.05, 0.1, 0.2, 0.4], phi: [0.85, 0.95] };

/**
 * Exponential smoothing with a damped trend, ETS(A,Ad,N), its parameters chosen by the smallest one-step error; interval
 * from the class 1 variance. Hyndman, Athanasopoulos: Forecasting: Principles and Practice, 3rd ed., sections 8.2 and 8.7.
 *
 * What has never been negative is not foreseen to be.
 *
 * @returns undefined for fewer than 12 samples, or when the newest is a gap
 */
export function forecastOf({ timesMs, values }: Pick<Series, 'timesMs' | 'values'>): Forecast | undefined {
  const past = thinned(values);
  const [firstMs, lastMs] = [timesMs[0], timesMs.at(-1)];
  if (past === undefined || firstMs === undefined || lastMs === undefined || lastMs <= firstMs) {
    return undefined;
  }
  const stepMs = (lastMs - firstMs) / (past.length - 1);
  const ahead = Math.max(1, Math.round((past.length - 1) * SHARE_AHEAD));
  const stride = Math.max(1, Math.round(ahead / POINTS_AHEAD));
  const fit = bestFit(past);
  const steps = [0];
  for (let step = stride; step <= ahead; step += stride) {
    steps.push(step);
  }
  const floor = past.every((value) => value >= 0) ? 0 : -Infinity;
  const center = steps.map((step) => Math.max(floor, fit.level + fit.trend * damping(fit.phi, step)));
  const width = steps.map((step) => Z80 * Math.sqrt(varianceAhead(fit, step)));
  return {
    timesMs: steps.map((step) => lastMs + step * stepMs),
    center,
    low: center.map((value, index) => Math.max(floor, value - width[index]!)),
    high: center.map((value, index) => value + width[index]!),
  };
}

interface Parameters {
  alpha: number;
  beta: number;
  phi: number;
}

interface Fit extends Parameters {
  level: number;
  trend: number;
  variance: number;
}

/** At most 240 values at equal distances, gaps bridged by what was before; undefined when it cannot be looked ahead from. */
function thinned(values: ReadonlyArray<number | null>): number[] | undefined {
  const known = values.filter((value) => value !== null).length;
  if (known < LEAST_POINTS || known < values.length * 0.8 || values.at(-1) === null) {
    return undefined;
  }
  const stride = Math.max(1, (values.length - 1) / (MOST_POINTS - 1));
  const past: number[] = [];
  let before = values.find((value) => value !== null)!;
  for (let at = 0, row = 0; Math.round(at) < values.length; at += stride) {
    for (; row <= Math.round(at); row++) {
      before = values[row] ?? before;
    }
    past.push(before);
  }
  return past;
}

function bestFit(past: readonly number[]): Fit {
  let best: Fit | undefined;
  for (const alpha of GRID.alpha) {
    for (const beta of GRID.beta) {
      for (const phi of GRID.phi) {
        const fit = fitWith(past, { alpha, beta, phi });
        if (best === undefined || fit.variance < best.variance) {
          best = fit;
        }
      }
    }
  }
  return best!;
}

/** Error correction form: each one-step error moves level and trend. */
function fitWith(past: readonly number[], { alpha, beta, phi }: Parameters): Fit {
  let level = past[0]!;
  let trend = 0;
  let squares = 0;
  for (let index = 1; index < past.length; index++) {
    const expected = level + phi * trend;
    const error = past[index]! - expected;
    squares += error * error;
    level = expected + alpha * error;
    trend = phi * trend + alpha * beta * error;
  }
  return { alpha, beta, phi, level, trend, variance: squares / (past.length - 1) };
}

/** phi + phi^2 + ... + phi^h */
function damping(phi: number, steps: number): number {
  return (phi * (1 - phi ** steps)) / (1 - phi);
}

/** sigma^2 (1 + sum over j < h of (alpha + alpha beta phi_j)^2); nothing is uncertain about the newest sample itself. */
function varianceAhead({ alpha, beta, phi, variance }: Fit, steps: number): number {
  if (steps === 0) {
    return 0;
  }
  let sum = 1;
  for (let step = 1; step < steps; step++) {
    sum += (alpha + alpha * beta * damping(phi, step)) ** 2;
  }
  return variance * sum;
}
