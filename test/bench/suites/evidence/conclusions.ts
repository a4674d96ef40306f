import { measured, type Measurement } from '../../measurement.ts';
import { quantile } from '../../statistics.ts';
import { Random } from '../verdicts/random.ts';
import { type Course, SHAPES, watch, type Watched } from './watch.ts';

const EPISODES = 60;
const WRONG_GOAL = 0.05;
const MISSED_GOAL = 0.1;
/** With 40 controls 8 of 10 rules have to be proven within so many episodes, by their effect in spreads. */
const PROVEN_WITHIN = [
  { effect: 1, goal: 22 },
  { effect: 1.4, goal: 10 },
  { effect: 2, goal: 6 },
  { effect: 4, goal: 3 },
];

/** What is concluded of rules whose effect is known. */
export function conclusions(suite: string, rules: number): Measurement[] {
  return [...wrongly(suite, rules), ...untilProven(suite, rules), ...tooSmall(suite, rules)];
}

/** No effect at all: nothing may be proven, and intervals have to hold the 0 at every look. */
function wrongly(suite: string, rules: number): Measurement[] {
  return Object.keys(SHAPES).flatMap((shape) =>
    CONTROLS.flatMap(({ name, ...controls }, index) => {
      const all = watchAll({ shape, episodes: EPISODES, ...controls }, rules, index);
      const figure = (what: string, value: number, goal: number) =>
        measured({
          ...{ suite, name: `${what}_${shape}_${name}`, value, unit: 'share', goal },
          of: `${rules} rules without an effect, looked at after each of ${EPISODES} episodes`,
        });
      return [
        figure(
          'wrongly_helps',
          shareOf(all, ({ helps }) => helps !== undefined),
          WRONG_GOAL,
        ),
        figure(
          'wrongly_harms',
          shareOf(all, ({ harms }) => harms !== undefined),
          WRONG_GOAL,
        ),
        figure(
          'interval_missed',
          shareOf(all, ({ isCovered }) => !isCovered),
          MISSED_GOAL,
        ),
      ];
    }),
  );
}

const CONTROLS: readonly (Pick<Course, 'controls' | 'heldOut'> & { name: string })[] = [
  ...[2, 8, 20, 40, 80].map((controls) => ({ name: `${controls}_controls`, controls })),
  { name: '1_in_10_held_out', controls: 0, heldOut: 10 },
];

function untilProven(suite: string, rules: number): Measurement[] {
  return PROVEN_WITHIN.flatMap(({ effect, goal }) => {
    const all = watchAll({ shape: 'normal', episodes: EPISODES, controls: 40, effect }, rules);
    const of = `${rules} rules with an effect of ${effect} spreads and 40 controls`;
    const name = `_${String(effect).replace('.', '_')}_spreads`;
    const found = all.map(({ helps }) => helps ?? Infinity);
    return [
      measured({
        ...{ suite, name: `proven_after${name}`, value: quantile(found, 0.8), unit: 'episodes', of, goal },
      }),
      measured({
        ...{ suite, name: `interval_missed${name}`, unit: 'share', of, goal: MISSED_GOAL },
        value: shareOf(all, ({ isCovered }) => !isCovered),
      }),
    ];
  });
}

/** The smallest effect that counts may be taken for none as rarely as the interval misses it; an effect of none is found to be none. */
function tooSmall(suite: string, rules: number): Measurement[] {
  return [0.5, 1, 2].flatMap((minimum) => {
    const none = (effect: number) =>
      shareOf(
        watchAll({ shape: 'normal', episodes: EPISODES, controls: 40, minimum, effect }, rules),
        ({ no_effect: found }) => found !== undefined,
      );
    const name = `minimum_${String(minimum).replace('.', '_')}`;
    return [
      measured({
        ...{
          suite,
          name: `wrongly_no_effect_${name}`,
          value: none(minimum),
          unit: 'share',
          goal: MISSED_GOAL,
        },
        of: `${rules} rules with an effect that just counts, ${minimum} spreads`,
      }),
      measured({
        ...{ suite, name: `no_effect_missed_${name}`, value: 1 - none(0), unit: 'share' },
        of: `${rules} rules without an effect, where ${minimum} spreads would count`,
      }),
    ];
  });
}

function watchAll(course: Course, rules: number, seed = 0): Watched[] {
  return Array.from({ length: rules }, (_, rule) => watch(course, new Random(1_000_003 * seed + 7 * rule)));
}

function shareOf(all: readonly Watched[], is: (one: Watched) => boolean): number {
  return all.filter(is).length / all.length;
}
