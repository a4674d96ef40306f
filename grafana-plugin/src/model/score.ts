import { METRIC, type Series, type SeriesSet } from '../frames';
import { lossesOf, type Loss } from './losses';
import { whatIfs } from './what-if';

/** What is known of a score of 0 to 100; withheld means that too much is missing to say more than an interval. */
export type ScoreState =
  | { status: 'scored'; score: number }
  | { status: 'withheld'; interval: readonly [number, number] }
  | { status: 'missing' };

export interface DomainScore {
  name: string;
  state: ScoreState;
  /** Share of the weight that is known. */
  coverage: number | undefined;
  weight: number | undefined;
  series: Series | undefined;
}

export interface ScoreModel {
  total: ScoreState;
  series: Series | undefined;
  /** Worst first; those of which nothing is known come last. */
  domains: DomainScore[];
  losses: Loss[];
  /** Whether points are of the total, which takes the domains' weights, or each of its own domain. */
  pointsOf: 'total' | 'domain';
}

/** The score of the operation and of its domains; undefined when there is none of it in the data. */
export function readScore(set: SeriesSet): ScoreModel | undefined {
  const names = domainNames(set);
  const [series] = set.of(METRIC.scoreTotal);
  if (names.length === 0 && series === undefined) {
    return undefined;
  }
  const domains = names.map((name) => readDomain(set, name));
  const total = totalState(set, domains);
  const shares = total.status === 'scored' ? sharesOf(domains) : undefined;
  return {
    total,
    series,
    domains: [...domains].sort((a, b) => worst(a.state) - worst(b.state) || a.name.localeCompare(b.name)),
    losses: lossesOf(set, { shares, gains: whatIfs(set) }),
    pointsOf: shares === undefined ? 'domain' : 'total',
  };
}

/** The score, or else the low end of its interval; what is missing sorts last. */
export function worst(state: ScoreState): number {
  if (state.status === 'scored') {
    return state.score;
  }
  return state.status === 'withheld' ? state.interval[0] : Infinity;
}

function domainNames(set: SeriesSet): string[] {
  const series = [METRIC.scoreDomain, METRIC.scoreBound, METRIC.scoreCoverage, METRIC.scoreDomainWeight].flatMap(
    (m) => [...set.of(m)]
  );
  return [...new Set(series.flatMap(({ labels }) => labels.domain ?? []))];
}

function readDomain(set: SeriesSet, name: string): DomainScore {
  const find = (metric: Parameters<SeriesSet['of']>[0]) => set.of(metric).find(({ labels }) => labels.domain === name);
  const now = (series: Series | undefined) => series && set.current(series)?.value;
  const series = find(METRIC.scoreDomain);
  return {
    name,
    state: domainState(set, name, now(series)),
    coverage: now(find(METRIC.scoreCoverage)),
    weight: now(find(METRIC.scoreDomainWeight)),
    series,
  };
}

function domainState(set: SeriesSet, name: string, score: number | undefined): ScoreState {
  if (score !== undefined) {
    return { status: 'scored', score };
  }
  const bounds = set.of(METRIC.scoreBound).filter(({ labels }) => labels.domain === name);
  const [low, high] = ['low', 'high'].map((bound) => {
    const series = bounds.find(({ labels }) => labels.bound === bound);
    return series && set.current(series)?.value;
  });
  return low === undefined || high === undefined
    ? { status: 'missing' }
    : { status: 'withheld', interval: [low, high] };
}

/** The interval of a withheld total is the weighted mean of its domains' intervals; of a missing domain nothing is known. */
function totalState(set: SeriesSet, domains: readonly DomainScore[]): ScoreState {
  const [series] = set.of(METRIC.scoreTotal);
  const score = series && set.current(series)?.value;
  if (score !== undefined) {
    return { status: 'scored', score };
  }
  const weight = sum(domains.map((domain) => domain.weight ?? 0));
  if (weight <= 0 || domains.every(({ state }) => state.status === 'missing')) {
    return { status: 'missing' };
  }
  const mean = (end: 0 | 1) => sum(domains.map((domain) => (domain.weight ?? 0) * endOf(domain.state, end))) / weight;
  return { status: 'withheld', interval: [mean(0), mean(1)] };
}

function endOf(state: ScoreState, end: 0 | 1): number {
  if (state.status === 'scored') {
    return state.score;
  }
  return state.status === 'withheld' ? state.interval[end] : end * 100;
}

/** What a point of each domain is in the total: its share of the weight of the domains that have a score. */
function sharesOf(domains: readonly DomainScore[]): ReadonlyMap<string, number> | undefined {
  const scored = domains.filter(({ state }) => state.status === 'scored');
  if (scored.length === 0 || scored.some(({ weight }) => weight === undefined)) {
    return undefined;
  }
  const weight = sum(scored.map((domain) => domain.weight!));
  return new Map(scored.map((domain) => [domain.name, domain.weight! / weight]));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
