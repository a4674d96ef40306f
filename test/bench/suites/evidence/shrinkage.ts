import {
  effectVariance,
  evidenceOf,
  type MeasuredEffect,
  shrunk,
} from '../../../../rule-agent/src/evidence/index.ts';
import { measured, type Measurement } from '../../measurement.ts';
import { Random } from '../verdicts/random.ts';

/** How the effects of an agent's rules are spread, in spreads of the forecast's error. */
interface Fleet {
  name: string;
  mean: number;
  deviation: number;
}

const FLEETS: readonly Fleet[] = [
  { name: 'none_helps', mean: 0, deviation: 0 },
  { name: 'small_effects', mean: 0, deviation: 0.3 },
  { name: 'mixed_effects', mean: 0, deviation: 1 },
  { name: 'most_help', mean: 1, deviation: 0.5 },
  { name: 'large_effects', mean: 0, deviation: 2 },
];
const RULES = [1, 2, 5, 20];
const MOST_EPISODES = 30;
const MOST_CONTROLS = 60;
/** The shrunk effect is off by no more than the measured one, but for a tenth. */
const NOT_WORSE = 1.1;

/** How far the shrunk effects of rules are off, beside the measured ones, and the mean of all rules for each. */
export function shrinkage(suite: string, drawn: number): Measurement[] {
  return RULES.flatMap((rules) =>
    FLEETS.flatMap((fleet, index) => {
      const random = new Random(31 * index + rules);
      const errors = Array.from({ length: Math.ceil(drawn / rules) }, () => errorsOf(fleet, rules, random));
      const offBy = (guess: keyof Guesses) =>
        rootMeanSquare(errors.flatMap((each) => each.map((one) => one[guess])));
      const figure = (name: string, value: number, goal?: number) =>
        measured({
          ...{
            suite,
            name: `${name}_${fleet.name}_${rules}_rules`,
            value,
            unit: 'ratio',
            ...(goal && { goal }),
          },
          of: 'how far the measured effects are off',
        });
      return [
        figure('shrunk_is_off', offBy('shrunk') / offBy('raw'), NOT_WORSE),
        figure('mean_is_off', offBy('mean') / offBy('raw')),
      ];
    }),
  );
}

/** How far each guess of a rule's effect is off. */
interface Guesses {
  raw: number;
  shrunk: number;
  mean: number;
}

function errorsOf({ mean, deviation }: Fleet, rules: number, random: Random): Guesses[] {
  const known = Array.from({ length: rules }, () => {
    const effect = mean + deviation * random.normal();
    return { effect, found: measure(effect, random) };
  });
  const all = known.map(({ found }) => found);
  const variance = effectVariance(all);
  const weights = all.map(({ errorVariance }) => 1 / errorVariance);
  const average =
    dot(
      weights,
      all.map(({ effect }) => effect),
    ) /
    dot(
      weights,
      weights.map(() => 1),
    );
  return known.map(({ effect, found }) => ({
    raw: found.effect - effect,
    shrunk: shrunk(found, variance) - effect,
    mean: average - effect,
  }));
}

function measure(effect: number, random: Random): MeasuredEffect {
  const draw = (most: number, least: number) =>
    Array.from({ length: least + Math.floor((most - least) * random.uniform()) }, () => random.normal());
  const treated = draw(MOST_EPISODES, 1).map((value) => value + effect);
  return evidenceOf(treated, draw(MOST_CONTROLS, 4))!;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(dot(values, values) / values.length);
}
