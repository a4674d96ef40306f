import { measured, type Measurement, type Suite } from '../../measurement.ts';
import { HEALINGS, simulateSwitchbacks, type SwitchbackCell } from './simulate.ts';

const SUITE = 'switchback';
const TESTS = 2_000;
const WRONG_GOAL = 0.05;
const NOISES = ['white', 'ar_0_5', 'ar_0_8', 'ar_0_95', 'heavy_tails'];
/** How much of two sigmas has to be seen, where the incident does not heal by itself and for slow noises, too. */
const SEEN_GOAL = 0.75;
const GOAL_NOISES = ['white', 'ar_0_8', 'ar_0_95'];

export const switchbackSuite: Suite = {
  name: SUITE,
  about: 'how often a switchback is wrong on actions without effect, and what it sees (a minute)',
  run: () => Promise.resolve(cells().flatMap(figuresOf)),
};

type Setting = Omit<SwitchbackCell, 'effect'>;

function cells(): Setting[] {
  return ([6, 8] as const).flatMap((blocks) =>
    NOISES.flatMap((noise) => HEALINGS.map((healing) => ({ noise, blocks, healing }))),
  );
}

function figuresOf(setting: Setting): Measurement[] {
  const { noise, blocks, healing } = setting;
  const [idle, helped] = [0, 2].map((effect) => simulateSwitchbacks({ ...setting, effect }, TESTS));
  const figure = (name: string, value: number, goal?: number) =>
    measured({
      ...{ suite: SUITE, name: `${name}_${noise}_${blocks}_blocks_heals_${healing}`, value },
      ...{ unit: 'share', of: `${TESTS} tests of blocks of 10 points` },
      ...(goal !== undefined && { goal }),
    });
  const hasSeenGoal = blocks === 6 && healing === 'none' && GOAL_NOISES.includes(noise);
  return [
    figure('false_improved', idle!.improved.share, WRONG_GOAL + 2 * idle!.improved.error),
    figure('false_worsened', idle!.worsened.share, WRONG_GOAL + 2 * idle!.worsened.error),
    figure('coverage_short', 0.9 - helped!.coverage, 0.02),
    figure('bias', Math.abs(helped!.bias)),
    figure('missed_two_sigmas', 1 - helped!.improved.share, hasSeenGoal ? 1 - SEEN_GOAL : undefined),
  ];
}
