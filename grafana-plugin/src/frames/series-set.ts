import { type Metric } from './contract';
import { lastSample, type Sample, type Series } from './series';

/** Everything that the panel was given, by metric. */
export interface SeriesSet {
  of: (metric: Metric) => readonly Series[];
  /** Whether a query asked for it: an answer without series is then an answer. */
  isAsked: (metric: Metric) => boolean;
  /** The newest sample of a series, if it is of now and not from before it ended. */
  current: (series: Series) => Sample | undefined;
  /** Of the newest sample, however old; undefined without any. */
  newestMs: number | undefined;
  /** The time of which the data speak: of the newest sample, unless that is too old to be of now. */
  asOfMs: number;
  /** The distance of samples, where there is one. */
  stepMs: number | undefined;
}

const NOW_WITHIN_MS = 60_000;
/** For as long as Prometheus repeats the last sample of a series that ended without notice. */
const LOOKBACK_MS = 300_000;

export interface Answered {
  asked: ReadonlySet<Metric>;
  /** The end of the range that was asked for. */
  atMs: number;
}

/** Of several series with the same name and labels (an instant beside a range query) the one with most samples is kept. */
export function createSeriesSet(all: readonly Series[], { asked, atMs }: Answered): SeriesSet {
  const byMetric = new Map<Metric, Map<string, Series>>();
  for (const series of all) {
    let group = byMetric.get(series.metric);
    if (group === undefined) {
      byMetric.set(series.metric, (group = new Map<string, Series>()));
    }
    const other = group.get(series.key);
    if (other === undefined || samplesIn(series) >= samplesIn(other)) {
      group.set(series.key, series);
    }
  }
  const lists = new Map([...byMetric].map(([metric, group]) => [metric, [...group.values()]]));
  const newestMs = newestOf(all);
  const asOfMs = Math.max(newestMs, atMs - LOOKBACK_MS);
  const stepMs = largestStepMs(all);
  return {
    of: (metric) => lists.get(metric) ?? [],
    isAsked: (metric) => lists.has(metric) || asked.has(metric),
    current: (series) => {
      const sample = lastSample(series);
      const oldestMs = asOfMs - (stepMs === undefined ? NOW_WITHIN_MS : 2 * stepMs);
      return sample !== undefined && sample.timeMs >= oldestMs ? sample : undefined;
    },
    newestMs: Number.isFinite(newestMs) ? newestMs : undefined,
    asOfMs,
    stepMs,
  };
}

/** A join of frames fills up with nulls. */
function samplesIn({ values }: Series): number {
  return values.reduce<number>((count, value) => (value === null ? count : count + 1), 0);
}

function newestOf(all: readonly Series[]): number {
  return all.reduce((newest, { timesMs }) => Math.max(newest, timesMs.at(-1) ?? -Infinity), -Infinity);
}

/** The smallest distance within a series, and of those the largest: a gap is no step. */
function largestStepMs(all: readonly Series[]): number | undefined {
  let largest: number | undefined;
  for (const { timesMs } of all) {
    const step = smallestDistance(timesMs);
    if (step !== undefined && (largest === undefined || step > largest)) {
      largest = step;
    }
  }
  return largest;
}

function smallestDistance(timesMs: readonly number[]): number | undefined {
  let smallest: number | undefined;
  for (let index = Math.max(1, timesMs.length - 20); index < timesMs.length; index++) {
    const distance = timesMs[index]! - timesMs[index - 1]!;
    if (distance > 0 && (smallest === undefined || distance < smallest)) {
      smallest = distance;
    }
  }
  return smallest;
}
