import { type Component, type DomainScore, scoreDomain } from '@evenkeel/signals';
import { METRIC, type Series, type SeriesSet } from '../frames';
import { compareRanks, type Rank, rankOf } from './entity-order';
import { type ScoreState } from './score';
import { signalBook } from './signals';
import { signalKey } from './signal-key';

/** One site, service or host, scored by its own signals with the formula of the domains. */
export interface Entity {
  key: string;
  name: string;
  state: ScoreState;
  rank: Rank;
  coverage: number;
  /** The signal that costs it most; undefined when nothing is wrong or known. */
  worst: { title: string; points: number } | undefined;
  /** Of each signal of its kind 0 to 1; undefined where it has no value while others have. See `signalsOf`. */
  utilities: ReadonlyArray<number | undefined>;
  titles: readonly string[];
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
  /** Worst first; see `rankOf` for those without a score. */
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
  const kinds = readKinds(set, label === '' ? LABELS : [label]);
  if (kinds.length === 0) {
    return set.isAsked(METRIC.scoreUtility) ? { label, entities: [] } : undefined;
  }
  const describe = describer(set);
  const entities = kinds.flatMap((kind) => entitiesOf(kind, describe));
  entities.sort((a, b) => compareRanks(a.rank, b.rank) || BY_NAME.compare(a.name, b.name));
  return { label: kinds.length === 1 ? kinds[0]!.label : '', entities };
}

/** How each of its signals stands, for whoever wants to know them all. */
export function signalsOf({ titles, utilities }: Entity): EntitySignal[] {
  return titles.map((title, index) => {
    const utility = utilities[index];
    return { title, score: utility === undefined ? undefined : utility * 100 };
  });
}

/** Entities that the same label tells apart. */
interface Kind {
  label: string;
  /** The signals that any of them has, each with its place in `Known`. */
  places: Map<string, number>;
  byName: Map<string, Known>;
}

/** What is known of an entity: of each signal the worst that is of now, such as that of its two services. */
interface Known {
  utilities: Array<number | undefined>;
  series: Series[];
  first: Series;
}

function readKinds(set: SeriesSet, wanted: readonly string[]): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const series of set.of(METRIC.scoreUtility)) {
    const label = labelOf(series, wanted);
    if (label !== undefined) {
      const kind = kinds.get(label) ?? { label, places: new Map<string, number>(), byName: new Map<string, Known>() };
      kinds.set(label, kind);
      note(kind, series, set.current(series)?.value);
    }
  }
  return [...kinds.values()];
}

function labelOf({ labels }: Series, wanted: readonly string[]): string | undefined {
  return wanted.find((name) => labels[name] !== undefined);
}

function note({ label, places, byName }: Kind, series: Series, value: number | undefined): void {
  const key = signalKey(series.labels);
  const place = places.get(key) ?? places.size;
  places.set(key, place);
  const name = series.labels[label]!;
  const known = byName.get(name) ?? { utilities: [], series: [], first: series };
  byName.set(name, known);
  const other = known.utilities[place];
  if (value !== undefined && (other === undefined || value < other)) {
    known.utilities[place] = Math.min(1, Math.max(0, value));
    known.series[place] = series;
  }
}

function entitiesOf({ label, places, byName }: Kind, describe: (key: string) => Scored): Entity[] {
  const scored = [...places.keys()].map(describe);
  const titles = scored.map(({ title }) => title);
  const entities: Entity[] = [];
  for (const [name, known] of byName) {
    entities.push({ key: `${label}=${name}`, name, titles, ...standingOf(known, scored) });
  }
  return entities;
}

interface Scored {
  /** By domain and signal. */
  key: string;
  title: string;
  weight: number;
  critical: boolean;
}

function standingOf({ utilities, series, first }: Known, scored: readonly Scored[]) {
  const result = scoreDomain(
    scored.map(({ key, weight, critical }, place): Component => {
      return { name: key, utility: utilities[place], weight, critical };
    })
  );
  const costs = costliest(result, scored);
  const state = stateOf(result, series.length > 0);
  return {
    ...{ state, rank: rankOf(state), coverage: result.coverage, utilities },
    worst: costs && { title: scored[costs.place]!.title, points: costs.points },
    series: (costs && series[costs.place]) ?? first,
  };
}

function stateOf(result: DomainScore, isKnown: boolean): ScoreState {
  if (!isKnown) {
    return { status: 'missing' };
  }
  return result.status === 'scored'
    ? { status: 'scored', score: result.score }
    : { status: 'withheld', interval: result.interval };
}

/** The signal that costs most, by its place. */
function costliest(result: DomainScore, scored: readonly Scored[]): { place: number; points: number } | undefined {
  if (result.status !== 'scored') {
    return undefined;
  }
  let most: { place: number; points: number } | undefined;
  scored.forEach(({ key }, place) => {
    const points = result.losses.components[key] ?? 0;
    if (points >= LEAST_POINTS && (most === undefined || points > most.points)) {
      most = { place, points };
    }
  });
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
