import { type Labels } from '@grafana/data';
import { type ApiSeries } from '../page/prometheus/api';

/** How much there is to show. */
export interface Amount {
  services: number;
  sites: number;
  signals: number;
  points: number;
}

export const STEP_SECONDS = 15;
const JOBS = ['orders', 'warehouse', 'carrier'];
const REFRESHES_OF_A_VALUE = 10;
/** A job has ten signals, each of two thresholds. */
const SIGNALS_OF_A_JOB = 10;
const COMPONENTS = {
  job: ['api_latency_p95_seconds', 'api_error_ratio', 'api_throughput', 'api_availability'],
  site: ['fill_rate', 'stockout_ratio', 'order_backlog', 'forecast_error'],
};

/** What Prometheus answers, at a time, to the range query of trends and to the instant queries of what describes them and of entities. */
export interface Answers {
  trends: ApiSeries[];
  signals: ApiSeries[];
  entities: ApiSeries[];
}

export function answersAt(endSeconds: number, amount: Amount): Answers {
  const times = Array.from(
    { length: amount.points },
    (_, index) => endSeconds - (amount.points - 1 - index) * STEP_SECONDS
  );
  const trends = Array.from({ length: amount.signals }, (_, index) => trendSeries(index, times)).flat();
  return { trends, signals: descriptions(amount.signals, endSeconds), entities: entitySeries(amount, endSeconds) };
}

/** Everything that the shipped query has of a signal of a target. */
function trendSeries(index: number, times: readonly number[]): ApiSeries[] {
  const signal = `signal_${index % SIGNALS_OF_A_JOB}_seconds`;
  const job = JOBS[Math.floor(index / SIGNALS_OF_A_JOB) % JOBS.length]!;
  const of = { domain: 'api', job, signal, unit: 'seconds' };
  const middle = (at: number) => 2 + Math.sin(at / 4000 + index);
  const series = (name: string, value: (at: number) => number): ApiSeries => ({
    metric: { __name__: name, ...of },
    values: times.flatMap((at): Array<[number, string]> => (isGap(index, at) ? [] : [[at, textOf(value(at))]])),
  });
  return [
    series('evenkeel:signal:value', (at) => (isNotANumber(index, at) ? NaN : middle(at) + 0.4 * noise(index, at))),
    series('evenkeel:signal:level', (at) => middle(at) + 0.2 * noise(index, at)),
    series('evenkeel:baseline:center', middle),
    series('evenkeel:baseline:scale', () => 0.25),
    series('evenkeel:baseline:ready', () => 1),
  ];
}

/** One target in ten was away for a while. */
function isGap(index: number, at: number): boolean {
  return index % 10 === 3 && (at / STEP_SECONDS) % 500 < 20;
}

/** Another one in ten divides by zero now and then, as a ratio of no requests does. */
function isNotANumber(index: number, at: number): boolean {
  return index % 10 === 7 && (at / STEP_SECONDS) % 50 === 0;
}

function entitySeries({ services, sites }: Amount, at: number): ApiSeries[] {
  const one = oneAt(at);
  const utilities = (label: 'job' | 'site', count: number) =>
    Array.from({ length: count }, (_, entity) =>
      COMPONENTS[label].map((signal, component) =>
        one(
          { ...{ __name__: 'evenkeel:score:utility', domain: domainOf(label) }, [label]: `${label}-${entity}`, signal },
          utility(entity, component, at)
        )
      )
    ).flat();
  const books = (['job', 'site'] as const).flatMap((label) =>
    COMPONENTS[label].flatMap((signal, component) => [
      one({ __name__: 'evenkeel:score:weight', domain: domainOf(label), signal }, 1 + component),
      one({ __name__: 'evenkeel:signal:info', domain: domainOf(label), signal, title: signal, direction: 'lower' }, 1),
      ...(component === 0 ? [one({ __name__: 'evenkeel:score:critical', domain: domainOf(label), signal }, 1)] : []),
    ])
  );
  return [...utilities('job', services), ...utilities('site', sites), ...books];
}

/** It stays for ten refreshes, as a signal that is recorded each minute does; one entity in ten has new ones at each. */
function utility(entity: number, component: number, at: number): number {
  const series = entity * 4 + component;
  const age = Math.floor(at / STEP_SECONDS / REFRESHES_OF_A_VALUE + noise(entity, 1));
  return Math.min(1, 0.9 + 0.4 * noise(series, 1) + 0.1 * noise(series, age));
}

/** Titles and alert thresholds of the signals of the trends. */
function descriptions(signals: number, at: number): ApiSeries[] {
  const one = oneAt(at);
  return Array.from({ length: Math.min(signals, SIGNALS_OF_A_JOB) }, (_, index) => {
    const of = { domain: 'api', signal: `signal_${index}_seconds`, unit: 'seconds', direction: 'lower' };
    return [
      one({ __name__: 'evenkeel:signal:info', ...of, title: `Signal ${index}` }, 1),
      one({ __name__: 'evenkeel:signal:threshold', ...of, severity: 'warning' }, 3.2),
      one({ __name__: 'evenkeel:signal:threshold', ...of, severity: 'critical' }, 4.5),
    ];
  }).flat();
}

function oneAt(at: number): (metric: Labels, value: number) => ApiSeries {
  return (metric, value) => ({ metric, value: [at, textOf(value)] });
}

function domainOf(label: 'job' | 'site'): string {
  return label === 'job' ? 'api' : 'inventory';
}

/** The same number from -0.5 to 0.5 for the same series and time: a hash, by the fractional part of a large sine. */
function noise(series: number, at: number): number {
  const large = Math.sin(series * 12.9898 + at * 78.233) * 43758.5453;
  return large - Math.floor(large) - 0.5;
}

/** As Prometheus writes numbers. */
function textOf(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(16) : 'NaN';
}
