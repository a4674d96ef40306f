import { type DataFrame } from '@grafana/data';
import { type Metric, metricsIn } from './contract';
import { isEpisodesFrame } from './episodes-frame';
import { readSeriesFrame } from './series-frame';
import { createSeriesSet, type SeriesSet } from './series-set';
import { isTable, readTableFrame } from './table-frame';

/** What came with the frames: the queries that gave them, and the end of their range. */
export interface Asked {
  queries: readonly string[];
  atMs: number;
}

/** Reads every frame that holds series of ours, whatever its shape and refId; others are left alone. */
export function readFrames(frames: readonly DataFrame[], { queries, atMs }: Asked): SeriesSet {
  const series = frames
    .filter((frame) => !isEpisodesFrame(frame))
    .flatMap((frame) => (isTable(frame) ? readTableFrame(frame, atMs) : readSeriesFrame(frame, atMs)));
  return createSeriesSet(series, { asked: askedMetrics(frames, queries), atMs });
}

function askedMetrics(frames: readonly DataFrame[], queries: readonly string[]): ReadonlySet<Metric> {
  const executed = frames.flatMap(({ meta }) => meta?.executedQueryString ?? []);
  return new Set([...new Set([...queries, ...executed])].flatMap(metricsIn));
}
