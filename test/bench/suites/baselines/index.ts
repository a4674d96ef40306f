import type { Measurement, Suite } from '../../measurement.ts';
import { quantile } from '../../statistics.ts';
import { type Detector, evenkeel } from './detector.ts';
import { NOISE_MODELS, type NoiseModel, STEP_SIGMAS } from './noise-models.ts';
import { Adaptive, Robust } from './promql-anomaly-detection.ts';
import { simulate, WATCHED_MINUTES } from './simulate.ts';

const SUITE = 'baselines';
const PLAN = { weeks: 26, steps: 300, seed: 4 };
const MOST_FALSE_ALARMS_A_WEEK = 1;
const LONGEST_DELAY_MINUTES = 10;

interface Contender {
  name: string;
  hasGoal: boolean;
  start(model: NoiseModel): Detector;
}

const CONTENDERS: readonly Contender[] = [
  { name: 'evenkeel', hasGoal: true, start: ({ floor }) => evenkeel(floor) },
  { name: 'grafana_adaptive', hasGoal: false, start: () => new Adaptive() },
  { name: 'grafana_robust', hasGoal: false, start: () => new Robust() },
];

export const baselinesSuite: Suite = {
  name: SUITE,
  about:
    'false alarms and the delay to see a step, by noise model, beside the rules of grafana/promql-anomaly-detection',
  run: () =>
    Promise.resolve(
      NOISE_MODELS.flatMap((model) => CONTENDERS.flatMap((contender) => measure(model, contender))),
    ),
};

function measure(model: NoiseModel, contender: Contender): Measurement[] {
  const { falseAlarmsPerWeek, delaysMinutes } = simulate(model, contender.start(model), PLAN);
  const goal = (value: number) => (contender.hasGoal ? value : null);
  const common = { suite: SUITE, contender: contender.name };
  const step = `a step of ${STEP_SIGMAS} sigma, watched for ${WATCHED_MINUTES} minutes: ${model.about}`;
  return [
    figure({
      ...common,
      name: `${model.name}/false_alarms`,
      value: falseAlarmsPerWeek,
      unit: 'a week',
      goal: goal(MOST_FALSE_ALARMS_A_WEEK),
      of: `${PLAN.weeks} weeks in which nothing happens: ${model.about}`,
    }),
    ...[0.5, 0.9].map((share) =>
      figure({
        ...common,
        name: `${model.name}/delay_p${share * 100}`,
        value: quantile(delaysMinutes, share),
        unit: 'minutes',
        goal: goal(LONGEST_DELAY_MINUTES),
        of: step,
      }),
    ),
  ];
}

function figure({
  contender,
  name,
  value,
  ...rest
}: Omit<Measurement, 'ok'> & { contender: string }): Measurement {
  const rounded = Math.round(value * 100) / 100;
  return {
    ...rest,
    name: `${contender}/${name}`,
    value: rounded,
    ok: rest.goal === null || rounded <= rest.goal,
  };
}
