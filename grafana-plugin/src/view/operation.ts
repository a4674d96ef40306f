import { type DataFrame, LoadingState, type PanelData } from '@grafana/data';
import { useMemo, useState } from 'react';
import {
  type EpisodeLine,
  type EpisodeRow,
  lacking,
  type Mark,
  type Need,
  readAnswer,
  readMarks,
  type SeriesSet,
  type ViewName,
  VIEWS,
} from '../frames';

/** Everything that was read from the panel's data. The views make their models of it, each only its own. */
export interface Operation {
  set: SeriesSet;
  episodes: readonly EpisodeRow[];
  lines: readonly EpisodeLine[];
  marks: readonly Mark[];
  lacks: Readonly<Record<ViewName, readonly Need[]>>;
}

/** What every view is given. */
export interface ViewProps {
  operation: Operation;
  width: number;
  height: number;
}

/** Read once for each answer: a new size or option reads nothing again, nor does a query that is under way. */
export function useOperation(data: PanelData): Operation {
  const { series, annotations, request, timeRange } = useAnswered(data);
  const atMs = Math.min(timeRange.to.valueOf(), request?.endTime ?? request?.startTime ?? Infinity);
  const queries = useMemo(() => (request?.targets ?? []).map(expressionOf), [request]);
  return useMemo(() => readOperation(series, { queries, atMs, annotations }), [series, annotations, queries, atMs]);
}

/** The data; while they are asked for again, those that were there before. */
function useAnswered(data: PanelData): PanelData {
  const [answered, setAnswered] = useState(data);
  if (data === answered || isAskedAgain(data, answered)) {
    return answered;
  }
  setAnswered(data);
  return data;
}

/** Grafana then hands on the samples of before, with the new request and in new frames. */
export function isAskedAgain({ state, series }: PanelData, before: PanelData): boolean {
  return (
    state === LoadingState.Loading &&
    series.length === before.series.length &&
    series.every((frame, index) => hasValuesOf(frame, before.series[index]!))
  );
}

/** New values come with new times and the other way round: one column tells, and thousands of frames are looked at. */
function hasValuesOf({ fields }: DataFrame, before: DataFrame): boolean {
  return fields.length === before.fields.length && fields.at(-1)?.values === before.fields.at(-1)?.values;
}

interface QueryContext {
  queries: readonly string[];
  atMs: number;
  annotations: readonly DataFrame[] | undefined;
}

export function readOperation(
  series: readonly DataFrame[],
  { queries, atMs, annotations = [] }: QueryContext
): Operation {
  const { set, episodes, lines } = readAnswer(series, { queries, atMs });
  const lacks = Object.fromEntries(VIEWS.map((view) => [view, lacking(view, set)])) as Record<ViewName, Need[]>;
  if (episodes.length > 0) {
    lacks.enhancements = [];
  }
  return { set, episodes, lines, marks: readMarks(annotations), lacks };
}

export function canShow({ lacks }: Operation, view: ViewName): boolean {
  return !lacks[view].some(({ essential }) => essential);
}

/** The PromQL of a query, whatever the data source calls it. */
function expressionOf(target: object): string {
  const { expr, query } = target as { expr?: unknown; query?: unknown };
  return [expr, query].filter((text): text is string => typeof text === 'string').join('\n');
}
