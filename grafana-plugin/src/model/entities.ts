import { type Component, type DomainScore, scoreDomain } from '@evenkeel/signals';
import { METRIC, type Series, type SeriesSet } from '../frames';
import { worstFirst } from './entity-order';
import { type ScoreState } from './score';
import { signalBook } from './signals';
import { signalKey } from './signal-key';

/** One site, service or host, scored by its own signals with the formula of the domains. */
export interface Entity {
  key: string;
  name: string;
  state: ScoreState;
  coverage: number;
  /** The signal that costs it most; undefined when nothing is wrong or known. */
  worst: { title: string; points: number } | undefined;
  signals: EntitySignal[];
  /** What carries its data links: the series of its worst signal. */
  series: Series;
}

export interface EntitySignal {
  title: string;
  /** 0 to 100; undefined when it has no value while others of its kind have. */
  score: number | undefined;
}

export interface EntityModel {
  /** The label that tells entities apart; empty when there are several kinds. */
  label: string;
  /** Worst first; see `worstFirst` for those without a score. */
  entities: Entity[];
}

const LABELS = ['site', 'job', 'instance'];
/** What costs less is not worth saying. */
const LEAST_POINTS = 0.05;
const BY_NAME = new Intl.Collator(undefined, { numeric: true });

/**
 * Groups the utilities of signals by a label; without one, by the first of site, job and instance that a series has. A signal
 * that others of the same kind have and one has not is missing there, and lowers its coverage.
 */
export function readEntities(set: SeriesSet, label = ''): EntityModel | undefined {
  const wanted = label === '' ? LABELS : [label];
  const kinds = groupByKind(set, wanted);
  if (kinds.size === 0) {
    return set.isAsked(METRIC.scoreUtility) ? { label, entities: [] } : undefined;
  }
  const describe = describer(set);
  const entities = [...kinds].flatMap(([kind, byName]) => {
    const keys = new Set([...byName.values()].flatMap((series) => series.map(({ labels }) => signalKey(labels))));
    const scored = [...keys].map(describe);
    return [...byName].map(([name, series]) => readEntity(set, { key: `${kind}=${name}`, name, series, scored }));
  });
  entities.sort((a, b) => worstFirst(a.state, b.state) || BY_NAME.compare(a.name, b.name));
  return { label: kinds.size === 1 ? [...kinds.keys()][0]! : '', entities };
}

type Kinds = Map<string, Map<string, Series[]>>;

function groupByKind(set: SeriesSet, wanted: readonly string[]): Kinds {
  const kinds: Kinds = new Map();
  for (const series of set.of(METRIC.scoreUtility)) {
    const kind = wanted.find((name) => series.labels[name] !== undefined);
    if (kind !== undefined) {
      const byName = kinds.get(kind) ?? new Map<string, Series[]>();
      kinds.set(kind, byName);
      const name = series.labels[kind]!;
      const group = byName.get(name) ?? [];
      group.push(series);
      byName.set(name, group);
    }
  }
  return kinds;
}

interface Group {
  key: string;
  name: string;
  series: readonly Series[];
  /** The signals of all entities of the kind. */
  scored: readonly Scored[];
}

interface Scored {
  /** By domain and signal. */
  key: string;
  title: string;
  weight: number;
  critical: boolean;
}

function readEntity(set: SeriesSet, { key, name, series, scored }: Group): Entity {
  const utilities = worstUtilities(set, series);
  const components = scored.map(({ key: signal, weight, critical }): Component => {
    return { name: signal, utility: utilities.get(signal)?.utility, weight, critical };
  });
  const result = scoreDomain(components);
  const costs = costliest(result, scored);
  return {
    ...{ key, name, coverage: result.coverage, state: stateOf(result, utilities.size) },
    worst: costs && { title: costs.signal.title, points: costs.points },
    signals: components.map(({ utility }, index) => ({
      title: scored[index]!.title,
      score: utility === undefined ? undefined : utility * 100,
    })),
    series: (costs && utilities.get(costs.signal.key)?.series) ?? series[0]!,
  };
}

/** Several series of one signal, such as an entity's two services: the worst speaks for it. */
function worstUtilities(set: SeriesSet, series: readonly Series[]) {
  const found = new Map<string, { utility: number; series: Series }>();
  for (const each of series) {
    const utility = set.current(each)?.value;
    const key = signalKey(each.labels);
    const other = found.get(key);
    if (utility !== undefined && (other === undefined || utility < other.utility)) {
      found.set(key, { utility: Math.min(1, Math.max(0, utility)), series: each });
    }
  }
  return found;
}

function stateOf(result: DomainScore, known: number): ScoreState {
  if (known === 0) {
    return { status: 'missing' };
  }
  return result.status === 'scored'
    ? { status: 'scored', score: result.score }
    : { status: 'withheld', interval: result.interval };
}

function costliest(result: DomainScore, scored: readonly Scored[]): { signal: Scored; points: number } | undefined {
  if (result.status !== 'scored') {
    return undefined;
  }
  let most: { signal: Scored; points: number } | undefined;
  for (const signal of scored) {
    const points = result.losses.components[signal.key] ?? 0;
    if (points >= LEAST_POINTS && (most === undefined || points > most.points)) {
      most = { signal, points };
    }
  }
  return most;
}

/** Titles and weights of signals; without weights of the domains, all count alike. */
function describer(set: SeriesSet): (key: string) => Scored {
  const signals = signalBook(set);
  const weights = new Map(
    set.of(METRIC.scoreWeight).map((series) => [signalKey(series.labels), set.current(series)?.value])
  );
  const critical = new Set(set.of(METRIC.scoreCritical).map(({ labels }) => signalKey(labels)));
  return (key) => ({
    key,
    title: signals(key.slice(key.indexOf('/') + 1)).title,
    weight: positive(weights.get(key)) ?? 1,
    critical: critical.has(key),
  });
}

function positive(weight: number | undefined): number | undefined {
  return weight !== undefined && weight > 0 ? weight : undefined;
}
