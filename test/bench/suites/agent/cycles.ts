import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured, type Measurement, overRounds, ratio } from '../../measurement.ts';
import { quantile } from '../../statistics.ts';
import { ownQueries } from './fleet-rules.ts';
import { type Cost, Scene } from './scene.ts';

const RULES = 50;
const LARGE = { signals: RULES, services: 200 };
const SMALL = { signals: RULES, services: 20 };
/** Of the services: a few in steady state, many in a storm. */
const FEW = 0.01;
const MANY = 0.2;

const WARM_UP_CYCLES = 10;
const STEADY_ROUNDS = 20;
const STORMS = 3;
const CYCLES_OF_A_STORM = 3;

const CONTROLS = ['idle', 'query'];

const CPU_GOAL_MS = 250;
const BLOCK_GOAL_MS = 20;
const REQUESTS_GOAL = 3;
const RSS_GOAL_MEGABYTES = 250;
const GROWTH_GOAL = 1.2;

interface Steady {
  large: Cost;
  small: Cost;
  idle: Cost;
  query: Cost;
}

interface Storm {
  onset: Cost;
  during: Cost[];
  end: Cost;
  idle: Cost;
}

/** Turns of agents with 10,000 and with 1,000 rules on targets, by turns. */
export async function measureCycles(suite: string, directory: string): Promise<Measurement[]> {
  // Node keeps what it has compiled, as it does for `npm start`: what is measured is not an agent's very first start.
  await (await Scene.open(join(directory, 'first'), SMALL)).close();
  const large = await Scene.open(join(directory, 'large'), LARGE);
  const small = await Scene.open(join(directory, 'small'), SMALL);
  try {
    await settle(large, LARGE.services * FEW);
    await settle(small, 1);
    const queriesBefore = await large.queries();
    const steady = await repeat(STEADY_ROUNDS, async () => ({
      large: await large.cycle(),
      small: await small.cycle(),
      idle: await large.idle(),
      query: await large.query(),
    }));
    const queries = (await large.queries()) - queriesBefore - STEADY_ROUNDS;
    const storms = await repeat(STORMS, () => storm(large));
    return figures(suite, {
      steady,
      storms,
      requests: queries / STEADY_ROUNDS - ownQueries(RULES),
      rssMegabytes: peakMegabytes(large.pid),
    });
  } finally {
    await Promise.all([large.close(), small.close()]);
  }
}

async function settle(scene: Scene, sick: number): Promise<void> {
  await scene.sicken(sick);
  await repeat(WARM_UP_CYCLES, () => scene.cycle());
}

async function storm(scene: Scene): Promise<Storm> {
  await scene.sicken(LARGE.services * MANY);
  const onset = await scene.cycle();
  const during = await repeat(CYCLES_OF_A_STORM, () => scene.cycle());
  const idle = await scene.idle();
  await scene.sicken(LARGE.services * FEW);
  return { onset, during, end: await scene.cycle(), idle };
}

interface Measured {
  steady: readonly Steady[];
  storms: readonly Storm[];
  requests: number;
  rssMegabytes: number;
}

function figures(suite: string, { steady, storms, requests, rssMegabytes }: Measured): Measurement[] {
  const of = `${RULES} rules on ${LARGE.services} targets each`;
  const costs = {
    steady: { of: `${of}, 1 in 100 firing`, costs: steady.map(({ large }) => large) },
    storm_onset: { of: `${of}, 1 in 5 begin to fire`, costs: storms.map(({ onset }) => onset) },
    storm: { of: `${of}, 1 in 5 firing`, costs: storms.flatMap(({ during }) => during) },
    storm_end: { of: `${of}, 1 in 5 cease to fire`, costs: storms.map(({ end }) => end) },
    idle: {
      of: 'control: nothing to do',
      costs: [...steady, ...storms].map(({ idle }) => idle),
    },
    query: {
      of: 'control: the query of all signals, its answer thrown away',
      costs: steady.map(({ query }) => query),
    },
  };
  const cpuOf = (turns: readonly Cost[]) =>
    quantile(
      turns.map(({ cpuMs }) => cpuMs),
      0.5,
    );
  return [
    ...Object.entries(costs).flatMap(([name, turns]) => figuresOf({ suite, name, ...turns })),
    ratio({
      suite,
      name: 'growth_10x',
      ours: cpuOf(steady.map(({ large }) => large)),
      theirs: (cpuOf(steady.map(({ small }) => small)) * LARGE.services) / SMALL.services,
      of: 'ten times the CPU time of a tenth of the targets',
      goal: GROWTH_GOAL,
    }),
    measured({
      suite,
      name: 'signal_requests',
      value: requests,
      unit: 'requests',
      of: 'a cycle',
      goal: REQUESTS_GOAL,
    }),
    measured({ suite, name: 'rss_peak', value: rssMegabytes, unit: 'MB', of, goal: RSS_GOAL_MEGABYTES }),
  ];
}

interface Turns {
  suite: string;
  name: string;
  of: string;
  costs: readonly Cost[];
}

function figuresOf({ suite, name, of, costs }: Turns): Measurement[] {
  const goals = CONTROLS.includes(name) ? undefined : { cpu: CPU_GOAL_MS, block: BLOCK_GOAL_MS };
  const figure = (what: keyof Cost, unit: string) => ({
    suite,
    of,
    unit,
    values: costs.map((cost) => cost[what]),
  });
  return [
    ...overRounds({ ...figure('cpuMs', 'ms'), name: `cycle_cpu_${name}`, ...(goals && { goal: goals.cpu }) }),
    ...overRounds({
      ...figure('blockMs', 'ms'),
      name: `event_loop_block_${name}`,
      ...(goals && { goal: goals.block }),
    }),
    ...overRounds({ ...figure('tookMs', 'ms'), name: `cycle_duration_${name}` }),
  ];
}

/** The most memory that a process has had at any time. */
function peakMegabytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

async function repeat<Result>(times: number, work: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let time = 0; time < times; time++) results.push(await work());
  return results;
}
