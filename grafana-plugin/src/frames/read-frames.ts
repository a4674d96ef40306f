import { type DataFrame } from '@grafana/data';
import { type Metric, metricsIn } from './contract';
import { isEpisodesFrame } from './episodes-frame';
import { withQueries } from './queries';
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
  const series = withQueries(frames)
    .filter((frame) => !isEpisodesFrame(frame))
    .flatMap((frame) => (isTable(frame) ? readTableFrame(frame, atMs) : readSeriesFrame(frame, atMs)))
    .filter(({ timesMs }) => timesMs.length > 0);
  const executed = frames.flatMap(({ meta }) => meta?.executedQueryString ?? []);
  const asked = askedMetrics(series.length > 0, [...new Set([...queries, ...executed])]);
  return createSeriesSet(series, { asked, atMs });
}

/** Series that are always there where Evenkeel runs, whatever fires. */
const RECORDED = /\bevenkeel[:_]/;

/** Where recorded series were asked for and nothing at all came, that `ALERTS` was asked for too says nothing of alerts. */
function askedMetrics(hasSeries: boolean, asked: readonly string[]): ReadonlySet<Metric> {
  const isSilent = !hasSeries && asked.some((query) => RECORDED.test(query));
  return new Set(isSilent ? [] : asked.flatMap(metricsIn));
}
