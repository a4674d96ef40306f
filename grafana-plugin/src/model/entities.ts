import { type Component, type DomainScore as Scored, scoreDomain } from '@evenkeel/signals';
import { METRIC, type Series, type SeriesSet } from '../frames';
import { type ScoreState, worst } from './score';
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
  /** Worst first. */
  entities: Entity[];
}

const LABELS = ['site', 'job', 'instance'];
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
  const { signals, weights } = { signals: signalBook(set), weights: weightBook(set) };
  const entities = [...kinds].flatMap(([kind, byName]) => {
    const scored = new Set([...byName.values()].flatMap((series) => series.map(({ labels }) => signalKey(labels))));
    return [...byName].map(([name, series]) =>
      readEntity({ key: `${kind}=${name}`, name, series, scored: [...scored] }, { set, signals, weights })
    );
  });
  entities.sort((a, b) => worst(a.state) - worst(b.state) || BY_NAME.compare(a.name, b.name));
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
  scored: readonly string[];
}

interface Books {
  set: SeriesSet;
  signals: ReturnType<typeof signalBook>;
  weights: (signal: string) => { weight: number; critical: boolean };
}

function readEntity({ key, name, series, scored }: Group, { set, signals, weights }: Books): Entity {
  const utilities = worstUtilities(set, series);
  const components = scored.map((signal): Component => ({
    name: signal,
    utility: utilities.get(signal)?.utility,
    ...weights(signal),
  }));
  const result = scoreDomain(components);
  const costs = costliest(result);
  const title = (signal: string) => signals(signal.slice(signal.indexOf('/') + 1)).title;
  return {
    ...{ key, name, coverage: result.coverage, state: stateOf(result, utilities.size) },
    worst: costs && { title: title(costs.signal), points: costs.points },
    signals: components.map((each) => ({
      title: title(each.name),
      score: each.utility === undefined ? undefined : each.utility * 100,
    })),
    series: (costs && utilities.get(costs.signal)?.series) ?? series[0]!,
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

function stateOf(result: Scored, known: number): ScoreState {
  if (known === 0) {
    return { status: 'missing' };
  }
  return result.status === 'scored'
    ? { status: 'scored', score: result.score }
    : { status: 'withheld', interval: result.interval };
}

function costliest(result: Scored): { signal: string; points: number } | undefined {
  if (result.status !== 'scored') {
    return undefined;
  }
  const [worstLoss] = Object.entries(result.losses.components).sort((a, b) => b[1] - a[1]);
  return worstLoss === undefined || worstLoss[1] < 0.05 ? undefined : { signal: worstLoss[0], points: worstLoss[1] };
}

/** Weights of the domains' signals; without any, all count alike. */
function weightBook(set: SeriesSet): Books['weights'] {
  const weights = new Map(
    set.of(METRIC.scoreWeight).map((series) => [signalKey(series.labels), set.current(series)?.value])
  );
  const critical = new Set(set.of(METRIC.scoreCritical).map(({ labels }) => signalKey(labels)));
  return (signal) => ({ weight: positive(weights.get(signal)) ?? 1, critical: critical.has(signal) });
}

function positive(weight: number | undefined): number | undefined {
  return weight !== undefined && weight > 0 ? weight : undefined;
}
