import { type Schema } from '@evenkeel/agent-api';
import { type DataFrame } from '@grafana/data';
import { Columns, type PathIn, toText } from './columns';
import { toNumber, toTimeMs } from './samples';

/** A line of an episode's plot, from a row a point: its own signal, or what followed a firing that was left alone. */
export interface EpisodeLine {
  episode: string;
  /** When that firing was; undefined for the episode's own line. */
  moment: string | undefined;
  /** Ascending. */
  timesMs: number[];
  values: Array<number | null>;
}

type SeriesRow = Schema<'SeriesRow'>;
type MomentRow = Schema<'MomentRow'>;

/** Whether a frame is `items` or `comparable_moments` of the agent's `/api/v1/episodes/ID/series`. */
export function isLinesFrame(frame: DataFrame): boolean {
  return frame.fields.length > 2 && (isOfSeries(frame) || isOfMoments(frame));
}

function isOfSeries(frame: DataFrame): boolean {
  return new Columns<SeriesRow>(frame).has('episode', 'at', 'observed', 'counterfactual');
}

function isOfMoments(frame: DataFrame): boolean {
  return new Columns<MomentRow>(frame).has('episode', 'at', 'moment', 'value');
}

/** Its lines; a row without a time is left out. Infinite values and texts are gaps. */
export function readLinesFrame(frame: DataFrame): EpisodeLine[] {
  const lines = new Map<string, EpisodeLine>();
  for (const { episode, moment, timeMs, value } of rowsOf(frame)) {
    const key = `${episode} ${moment ?? ''}`;
    const line = lines.get(key) ?? { episode, moment, timesMs: [], values: [] };
    lines.set(key, line);
    if (timeMs > (line.timesMs.at(-1) ?? -Infinity)) {
      line.timesMs.push(timeMs);
      line.values.push(value);
    }
  }
  return [...lines.values()];
}

interface Point {
  episode: string;
  moment: string | undefined;
  timeMs: number;
  value: number | null;
}

function rowsOf(frame: DataFrame): Point[] {
  const columns = new Columns<SeriesRow & MomentRow>(frame);
  const [moment, value]: Array<PathIn<SeriesRow & MomentRow> | undefined> = isOfMoments(frame)
    ? ['moment', 'value']
    : [undefined, 'observed'];
  const points: Point[] = [];
  for (let row = 0; row < frame.length; row++) {
    const timeMs = toTimeMs(columns.cell('at', row));
    const episode = toText(columns.cell('episode', row));
    if (timeMs !== undefined && episode !== undefined) {
      const momentText = moment && toText(columns.cell(moment, row));
      points.push({ episode, moment: momentText, timeMs, value: toNumber(columns.cell(value!, row)) });
    }
  }
  return points;
}
