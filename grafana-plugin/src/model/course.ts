import { type EpisodeLine, METRIC, type SeriesSet } from '../frames';
import { type Episode } from './enhancements';
import { signalBook } from './signals';

/** What the signal of an episode did: some windows before the action, until a window after the measured one. */
export interface Course {
  /** Of the signal. */
  title: string;
  fromMs: number;
  toMs: number;
  sentMs: number;
  /** The window that was measured, or is being. */
  window: { fromMs: number; toMs: number };
  timesMs: readonly number[];
  values: ReadonlyArray<number | null>;
  /** What followed firings that were left alone, put where this one began. */
  moments: ReadonlyArray<Pick<EpisodeLine, 'timesMs' | 'values'>>;
  /** The means over the window; undefined where nothing was measured. */
  level: Level | undefined;
}

/** What was seen on average, and what was to be expected without the action. */
export interface Level {
  observed: number;
  counterfactual: number;
  /** Where the counterfactual lies with a probability of 90 %. */
  band: readonly [low: number, high: number] | undefined;
}

const WINDOWS_BEFORE = 2;
const WINDOWS_AFTER = 1;

/** What a course is made of: the signal among all series, and what the agent gives of an episode, which goes first. */
export interface CourseSources {
  set: SeriesSet;
  lines: readonly EpisodeLine[];
}

/** Undefined when it is not known which signal, or when an action was sent. */
export function courseOf({ set, lines }: CourseSources, { row }: Episode): Course | undefined {
  if (row?.watched === undefined || row.signal === undefined) {
    return undefined;
  }
  const { sentMs, fromMs, toMs, windowMs } = row.watched;
  const [beginMs, endMs] = [sentMs - WINDOWS_BEFORE * windowMs, toMs + WINDOWS_AFTER * windowMs];
  const ofEpisode = lines.filter(({ episode }) => episode === row.id);
  const signal = ofEpisode.find(({ moment }) => moment === undefined) ?? seriesOf(set, row);
  return {
    ...{ title: signalBook(set)(row.signal).title, fromMs: beginMs, toMs: endMs, sentMs, window: { fromMs, toMs } },
    ...{ ...cut(signal, beginMs, endMs), level: levelOf(row) },
    moments: ofEpisode.filter(({ moment }) => moment !== undefined),
  };
}

type Row = NonNullable<Episode['row']>;
type Line = Pick<Course, 'timesMs' | 'values'>;

/** The one series of the signal that has the labels of the target; without labels, the only one of the signal. */
function seriesOf(set: SeriesSet, { signal, labels = {} }: Row): Line | undefined {
  const found = set
    .of(METRIC.signalValue)
    .filter(
      (series) =>
        series.labels.signal === signal &&
        Object.entries(labels).every(([name, value]) => series.labels[name] === value)
    );
  return found.length === 1 ? found[0] : undefined;
}

function cut(line: Line | undefined, fromMs: number, toMs: number): Line {
  const { timesMs = [], values = [] } = line ?? {};
  const isShown = (_: unknown, index: number) => timesMs[index]! >= fromMs && timesMs[index]! <= toMs;
  return { timesMs: timesMs.filter(isShown), values: values.filter(isShown) };
}

/** The interval of the effect, put about what was seen: an effect of 0.3 on a signal that should go lower was seen 0.3 below. */
function levelOf({ measured, low, high }: Row): Level | undefined {
  if (measured === undefined) {
    return undefined;
  }
  const { observed, counterfactual, direction } = measured;
  const sign = direction === 'lower' ? 1 : -1;
  const ends = [low, high].map((end) => (end === undefined ? undefined : observed + sign * end));
  const [one, other] = ends;
  return {
    ...{ observed, counterfactual },
    band: one === undefined || other === undefined ? undefined : [Math.min(one, other), Math.max(one, other)],
  };
}
