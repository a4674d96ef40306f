import { type DataFrame, LoadingState, type PanelData, type TimeRange } from '@grafana/data';
import { useEffect, useState } from 'react';
import { type AnnotationQuery, type Target } from '../dashboard/shipped';
import { type Chosen } from '../dashboard/variables';
import { askEpisodes } from '../agent/episodes';
import { askAnnotations, askTargets } from '../prometheus/ask';

export interface Questions {
  targets: readonly Target[];
  annotations: readonly AnnotationQuery[];
  timeRange: TimeRange;
  chosen: Chosen;
  /** The id of the one whose series are wanted; empty: none. */
  episode: string;
}

const MAX_DATA_POINTS = 1_000;
const NOTHING: readonly DataFrame[] = [];

/** What Prometheus and the agent answer; while it is asked again, and when it does not answer, what it said before stays. */
export function useAnswer({ targets, annotations, timeRange, chosen, episode }: Questions): PanelData {
  const [data, setData] = useState<PanelData>({ state: LoadingState.Loading, series: [], timeRange });
  useEffect(() => {
    const question = { range: timeRange, chosen, maxDataPoints: MAX_DATA_POINTS };
    const startTime = Date.now();
    let isOver = false;
    const show = (change: (before: PanelData) => PanelData) => !isOver && setData(change);
    show((before) => ({ ...before, state: LoadingState.Loading }));
    Promise.all([
      askTargets(targets, question),
      askAnnotations(annotations, question).catch(() => [...NOTHING]),
      askEpisodes(targets, episode).catch(() => [...NOTHING]),
    ]).then(
      ([samples, marks, episodes]) => {
        const series = [...samples, ...episodes];
        const request = {
          targets,
          startTime,
          endTime: Date.now(),
          range: timeRange,
        } as unknown as PanelData['request'];
        show(() => ({ state: LoadingState.Done, series, annotations: marks, timeRange, request }));
      },
      (error: unknown) =>
        show((before) => ({
          ...before,
          state: LoadingState.Error,
          errors: [{ message: (error as Error).message }],
          timeRange,
        }))
    );
    return () => {
      isOver = true;
    };
  }, [targets, annotations, timeRange, chosen, episode]);
  return data;
}
