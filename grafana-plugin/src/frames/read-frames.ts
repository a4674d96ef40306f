import { type DataFrame, type Field } from '@grafana/data';
import { type Metric } from './contract';
import { type EpisodeLine, isLinesFrame, readLinesFrame } from './episode-lines';
import { type EpisodeRow, isEpisodesFrame, readEpisodesFrame } from './episodes-frame';
import { metricsAskedBy, tellQueries } from './queries';
import { readSeriesFrame } from './series-frame';
import { type Series } from './series';
import { createSeriesSet, type SeriesSet } from './series-set';
import { isTable, readTableFrame } from './table-frame';

/** What came with the frames: the queries that gave them, and the end of their range. */
export interface Asked {
  queries: readonly string[];
  atMs: number;
}

export interface FrameContents {
  set: SeriesSet;
  episodes: EpisodeRow[];
  lines: EpisodeLine[];
}

/** Reads every frame that holds series of ours, whatever its shape and refId; others are left alone. */
export function readFrames(frames: readonly DataFrame[], asked: Asked): SeriesSet {
  return readAnswer(frames, asked).set;
}

/** The series, the rows of tables of episodes, and lines of plots of episodes. One pass: of thousands of frames, each look at one takes its time. */
export function readAnswer(frames: readonly DataFrame[], { queries, atMs }: Asked): FrameContents {
  const series: Series[] = [];
  const episodes: EpisodeRow[] = [];
  const lines: EpisodeLine[] = [];
  const asked = new Set(queries);
  const withQuery = tellQueries();
  for (const given of frames) {
    const frame = withQuery(withoutHidden(given));
    if (frame.meta?.executedQueryString !== undefined) {
      asked.add(frame.meta.executedQueryString);
    }
    if (isEpisodesFrame(frame)) {
      episodes.push(...readEpisodesFrame(frame));
    } else if (isLinesFrame(frame)) {
      lines.push(...readLinesFrame(frame));
    } else {
      for (const each of isTable(frame) ? readTableFrame(frame, atMs) : readSeriesFrame(frame, atMs)) {
        if (each.timesMs.length > 0) {
          series.push(each);
        }
      }
    }
  }
  const set = createSeriesSet(series, { asked: askedMetrics(series.length > 0, [...asked]), atMs });
  return { set, episodes, lines };
}

/** Fields that an override hides from the visualization are not there. */
function withoutHidden(frame: DataFrame): DataFrame {
  return frame.fields.some(isHidden) ? { ...frame, fields: frame.fields.filter((field) => !isHidden(field)) } : frame;
}

function isHidden({ config }: Field): boolean {
  return config.custom?.hideFrom?.viz === true;
}

/** Series that are always there where Evenkeel runs, whatever fires. */
const RECORDED = /\bevenkeel[:_]/;

/** Where recorded series were asked for and nothing at all came, that `ALERTS` was asked for too says nothing of alerts. */
function askedMetrics(hasSeries: boolean, asked: readonly string[]): ReadonlySet<Metric> {
  const isSilent = !hasSeries && asked.some((query) => RECORDED.test(query));
  return new Set(isSilent ? [] : asked.flatMap(metricsAskedBy));
}
