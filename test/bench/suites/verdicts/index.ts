import { errorsOfPast, judge, meanOf } from '../../../../rule-agent/src/verification/index.ts';
import { measured, type Measurement, type Suite } from '../../measurement.ts';
import { quantile } from '../../statistics.ts';
import { type CellResult, measureCell, type Share } from './cells.ts';
import { type Cell, crossings, drawFirings, MINUTES_OF_A_DAY, questionOf, SETTLE } from './firings.ts';
import { NOISES } from './noise.ts';
import { opinionsOn, OTHER_METHODS } from './other-methods.ts';
import { Random } from './random.ts';

const SUITE = 'verdicts';

const SHARES = [0.95, 0.97, 0.995];
const WINDOWS = [15, 30, 60];
const DAYS = 14;
const FIRINGS = 400;
const WRONG_GOAL = 0.05;

/** At the 97th percentile, over 30 minutes: the share of firings with an effect of one sigma that has to be seen. */
const SEEN_GOALS: Readonly<Record<string, number>> = {
  ...{ white: 0.92, ar_0_5: 0.82, ar_0_8: 0.53, ar_0_95: 0.34, ar_0_95_measured: 0.45 },
  ...{ heavy_tails: 0.53, seasonal: 0.45, incidents: 0.39, counts: 0.57, ratios: 0.64 },
};

export const verdictsSuite: Suite = {
  name: SUITE,
  about: 'how often verdicts are wrong on signals that nobody acted on, and what they see (half an hour)',
  run: () => Promise.resolve([...grid(), ...historyLengths(), ...others(), ...pastAndPresent(), ...cost()]),
};

function grid(): Measurement[] {
  const cells = Object.keys(NOISES).flatMap((noise) =>
    SHARES.flatMap((share) => WINDOWS.map((window): Cell => ({ noise, share, window, days: DAYS }))),
  );
  const results = cells.map(measureLoudly);
  const beyond = results.filter(({ improved, worsened }) => !isRare(improved) || !isRare(worsened));
  return [
    ...results.flatMap(figuresOf),
    measured({
      ...{ suite: SUITE, name: 'cells_beyond', value: beyond.length / results.length, unit: 'share' },
      ...{ of: 'cells with more wrong verdicts of a kind than 5 % and two standard errors', goal: 1 / 20 },
    }),
  ];
}

/** Whoever waits for half an hour sees where it is. */
function measureLoudly(cell: Cell): CellResult {
  const result = measureCell(cell, FIRINGS);
  process.stderr.write(`${nameOf(cell)}: ${describe(result)}\n`);
  return result;
}

function isRare({ share, error }: Share): boolean {
  return share <= WRONG_GOAL + 2 * error;
}

function figuresOf(result: CellResult): Measurement[] {
  const { cell, improved, worsened, given, coverage, bias, seen } = result;
  const figure = (name: string, value: number, goal?: number) =>
    measured({
      ...{ suite: SUITE, name: `${name}_${nameOf(cell)}`, value, unit: 'share', of: describe(result) },
      ...(goal !== undefined && { goal }),
    });
  const isUsual = cell.share < 0.99;
  const seenGoal = cell.share === 0.97 && cell.window === 30 ? SEEN_GOALS[cell.noise] : undefined;
  return [
    figure('false_improved', improved.share, WRONG_GOAL + 2 * improved.error),
    figure('false_worsened', worsened.share, WRONG_GOAL + 2 * worsened.error),
    figure('given', given),
    figure('coverage_off', Math.abs(coverage - 0.9), isUsual ? 0.04 : undefined),
    figure('bias', Math.abs(bias), given >= 0.5 ? (cell.noise === 'incidents' ? 0.2 : 0.1) : undefined),
    figure('missed_one_sigma', 1 - seen, seenGoal === undefined ? undefined : 1 - seenGoal),
  ];
}

function nameOf({ noise, share, window, days }: Cell): string {
  const past = days === DAYS ? '' : `_${days}d`;
  return `${noise}_p${String(100 * share).replace('.', '_')}_w${window}${past}`;
}

function describe({ firings, verdicts }: CellResult): string {
  const counted = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return `${firings} firings that nobody acted on: ${counted.join(', ')}`;
}

/** The same bars with other lengths of history; of one day nothing is said. */
function historyLengths(): Measurement[] {
  return [1, 2, 3, 7, 28].flatMap((days) =>
    ['ar_0_8', 'ar_0_95', 'incidents', 'counts'].flatMap((noise) => {
      const result = measureLoudly({ noise, share: 0.97, window: 30, days });
      return figuresOf(result).filter(({ name }) => /^(false|given)/.test(name));
    }),
  );
}

/** What others would have called improved, on the same firings, and what they would have missed; for information. */
function others(): Measurement[] {
  return Object.keys(NOISES).flatMap((noise) => {
    const firings = [...drawFirings({ noise, share: 0.97, window: 30, days: DAYS }, FIRINGS)];
    const [untouched, helped] = [0, 1].map((sigmas) =>
      firings.map((firing) => opinionsOn(firing, sigmas * firing.sigma)),
    );
    const shareOf = (opinions: readonly Record<string, boolean>[], name: string) =>
      meanOf(opinions.map((said) => Number(said[name])));
    const figure = (name: string, value: number) =>
      measured({ suite: SUITE, name, value, unit: 'share', of: `${firings.length} firings` });
    return Object.keys(OTHER_METHODS).flatMap((name) => [
      figure(`false_improved_${noise}_by_${name}`, shareOf(untouched!, name)),
      figure(`missed_one_sigma_${noise}_by_${name}`, 1 - shareOf(helped!, name)),
    ]);
  });
}

/** Past firings, judged with a history that ends there and with one that goes on: they have to come out alike. */
function pastAndPresent(): Measurement[] {
  return ['seasonal', 'ar_0_95'].flatMap((noise) => {
    const differences: number[] = [];
    for (let series = 0; differences.length < 200; series++) {
      const values = NOISES[noise]!(new Random(77_000 + series), 21 * MINUTES_OF_A_DAY);
      differences.push(...differencesIn(values));
    }
    const name = `past_and_present_${noise}`;
    const of = `${differences.length} past firings, judged then and now, in sigmas`;
    return [
      measured({
        suite: SUITE,
        name: `${name}_mean`,
        value: Math.abs(meanOf(differences)),
        unit: 'sigma',
        of,
        goal: 0.05,
      }),
      measured({
        ...{ suite: SUITE, name: `${name}_rms`, unit: 'sigma', of, goal: 0.2 },
        value: Math.sqrt(meanOf(differences.map((difference) => difference ** 2))),
      }),
    ];
  });
}

function differencesIn(values: Float64Array): number[] {
  const window = 30;
  const threshold = values.slice().sort()[Math.floor(0.97 * values.length)]!;
  const first = DAYS * MINUTES_OF_A_DAY;
  const moments = crossings(values, threshold).filter(
    (at) => at > first && at + SETTLE + window < values.length - 1,
  );
  const chosen = moments.filter((_, index) => index % Math.ceil(moments.length / 10) === 0);
  const askAt = (before: number) => ({
    ...questionOf({ series: 0, values, before, threshold, sigma: 1 }, window),
    signal: { firstMs: 0, pointMs: 60_000, values: values.subarray(0, before + 1 + SETTLE + window) },
  });
  const now = errorsOfPast(askAt(values.length - SETTLE - window - 1), chosen);
  return chosen.map((moment, index) => errorsOfPast(askAt(moment), [moment])[0]! - now[index]!);
}

/** The CPU time of one verdict, with all of its history. */
function cost(): Measurement[] {
  const firings = [...drawFirings({ noise: 'ar_0_8', share: 0.97, window: 30, days: 28 }, 20)];
  const spent = firings.map((firing) => {
    const question = questionOf(firing, 30);
    const before = process.cpuUsage();
    judge(question);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const of = 'CPU time of a verdict, 28 days of one-minute points';
  return [
    measured({ suite: SUITE, name: 'verdict_cpu', value: quantile(spent, 0.5), unit: 'ms', of, goal: 50 }),
    measured({ suite: SUITE, name: 'verdict_cpu_first', value: spent[0]!, unit: 'ms', of }),
  ];
}
