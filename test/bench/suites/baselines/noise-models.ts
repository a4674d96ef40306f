import { binomial, heavyTailed, normal, poisson, type Random } from './random.ts';

/** One minute of a signal: as it is, and as it would be after a step. */
export interface Minute {
  calm: number;
  stepped: number;
}

export interface NoiseModel {
  name: string;
  about: string;
  /** The signal's floor, as signals.yml would have it. */
  floor: number;
  start(random: Random): (minute: number) => Minute;
}

/** The step to be seen, in standard deviations of one sample; around the season where there is one. */
export const STEP_SIGMAS = 4;

const MINUTES_A_DAY = 1_440;
const DAYS_A_WEEK = 7;
const MEAN = 100;
const SIGMA = 10;
const SEASONAL_SIGMA = 5;
const FLOOR = 0.1;

export const NOISE_MODELS: readonly NoiseModel[] = [
  autoregressive('white', 0),
  autoregressive('ar_0.5', 0.5),
  autoregressive('ar_0.8', 0.8),
  autoregressive('ar_0.95', 0.95),
  {
    name: 'heavy_tailed',
    about: 'Student t with 3 degrees of freedom',
    floor: FLOOR,
    start: (random) => () => addStep(MEAN + SIGMA * heavyTailed(random), SIGMA),
  },
  lognormal(),
  seasonal('daily', 'a daily wave of 30 %', dailyWave),
  seasonal('weekly', 'the same, 40 % less at weekends', weeklyWave),
  seasonal('nightly_job', 'half as much again from 2 to 4 each night', nightlyJob),
  counts(),
  ratio(),
];

function addStep(calm: number, sigma: number): Minute {
  return { calm, stepped: calm + STEP_SIGMAS * sigma };
}

/** x(t) = phi x(t-1) + e(t), with the same variance for each phi. */
function autoregressive(name: string, phi: number): NoiseModel {
  return {
    name,
    about: phi === 0 ? 'independent normal noise' : `normal noise that remembers ${phi} of the minute before`,
    floor: FLOOR,
    start(random) {
      let state = normal(random);
      return () => {
        state = phi * state + Math.sqrt(1 - phi ** 2) * normal(random);
        return addStep(MEAN + SIGMA * state, SIGMA);
      };
    },
  };
}

/** Such as response times: a median of 0.2 s, and now and then five times that. */
function lognormal(): NoiseModel {
  const [median, logSigma] = [0.2, 0.5];
  const variance = (Math.exp(logSigma ** 2) - 1) * Math.exp(logSigma ** 2);
  return {
    name: 'lognormal',
    about: `response times with a median of ${median} s and a log sigma of ${logSigma}`,
    floor: 0.02,
    start: (random) => () =>
      addStep(median * Math.exp(logSigma * normal(random)), median * Math.sqrt(variance)),
  };
}

function seasonal(name: string, about: string, season: (minute: number) => number): NoiseModel {
  return {
    name,
    about,
    floor: FLOOR,
    start: (random) => (minute) =>
      addStep(MEAN * season(minute) + SEASONAL_SIGMA * normal(random), SEASONAL_SIGMA),
  };
}

function dailyWave(minute: number): number {
  return 1 + 0.3 * Math.sin((2 * Math.PI * minute) / MINUTES_A_DAY);
}

function weeklyWave(minute: number): number {
  const weekend = Math.floor(minute / MINUTES_A_DAY) % DAYS_A_WEEK >= 5;
  return dailyWave(minute) * (weekend ? 0.6 : 1);
}

function nightlyJob(minute: number): number {
  const hour = (minute % MINUTES_A_DAY) / 60;
  return hour >= 2 && hour < 4 ? 1.5 : 1;
}

function counts(): NoiseModel {
  const mean = 3;
  const after = mean + STEP_SIGMAS * Math.sqrt(mean);
  return {
    name: 'counts',
    about: `Poisson, ${mean} a minute`,
    floor: FLOOR,
    start: (random) => () => ({ calm: poisson(random, mean), stepped: poisson(random, after) }),
  };
}

/** Such as a fill rate; the step is to the bad side, since there is no room on the good one. */
function ratio(): NoiseModel {
  const [draws, share] = [50, 0.97];
  const after = share - STEP_SIGMAS * Math.sqrt((share * (1 - share)) / draws);
  return {
    name: 'ratio',
    about: `${draws} draws a minute, ${share * 100} % of them good`,
    floor: 0.005,
    start: (random) => () => ({
      calm: binomial(random, { draws, share }) / draws,
      stepped: binomial(random, { draws, share: after }) / draws,
    }),
  };
}
