import { type Schema } from '@evenkeel/agent-api';
import { type DataFrame, type Field, type Labels } from '@grafana/data';
import { Columns, type PathIn, toLabels, toText } from './columns';
import { toNumber, toTimeMs } from './samples';

/** One row of the agent's `/api/v1/episodes` or `/api/v1/decisions`, as a table. What a row does not say is undefined. */
export interface EpisodeRow {
  id: string | undefined;
  rule: string;
  target: string | undefined;
  labels: Labels | undefined;
  startMs: number;
  endMs: number | undefined;
  outcome: string | undefined;
  verdict: string | undefined;
  /** Benefit-signed effect on `signal`, in its unit, with its interval. */
  estimate: number | undefined;
  low: number | undefined;
  high: number | undefined;
  signal: string | undefined;
  /** What else the verdict was made of; undefined where nothing was measured. */
  measured: Measured | undefined;
  watched: Watched | undefined;
  /** The verdict in plain words. */
  text: string | undefined;
  /** Why nothing was done: the guard that objected, and what it said. */
  guard: string | undefined;
  reason: string | undefined;
  frame: DataFrame;
  field: Field;
  rowIndex: number;
}

/** Means of the signal over the window, and what they were compared with, in its unit. */
export interface Measured {
  observed: number;
  counterfactual: number;
  direction: 'lower' | 'higher';
  /** The effect as a share of the counterfactual. */
  relative: number | undefined;
  /** Effects below it do not count. */
  minimum: number | undefined;
  smallestVisible: number | undefined;
  /** Firings that were left alone; most of them milder, where the threshold was lowered. None for a switchback, which has blocks. */
  moments: number | undefined;
  lowered: boolean;
  blocks: number | undefined;
}

/** When an action was sent, and from when to when its effect is measured: a window, or those of all blocks of a switchback. */
export interface Watched {
  sentMs: number;
  fromMs: number;
  toMs: number;
  windowMs: number;
}

type Episode = Schema<'Episode'>;
type Decision = Schema<'Decision'>;

/** A rule, a time, and what came of it; of thousands of frames most are of two fields. */
const LEAST_COLUMNS = 3;

/** Whether a frame is a table of episodes or decisions rather than of samples. */
export function isEpisodesFrame(frame: DataFrame): boolean {
  return frame.fields.length >= LEAST_COLUMNS && !frame.fields.some(isOfSamples) && readerOf(frame) !== undefined;
}

/**
 * The rows that name a rule and a time. Of decisions only those not to act are read: the others are firings, and what came of
 * them is in the episodes.
 */
export function readEpisodesFrame(frame: DataFrame): EpisodeRow[] {
  const reader = readerOf(frame)!;
  const rows: EpisodeRow[] = [];
  for (let rowIndex = 0; rowIndex < frame.length; rowIndex++) {
    const row = reader.read(rowIndex);
    if (row?.rule !== undefined && row.startMs !== undefined) {
      rows.push({ ...NOTHING, ...row, rule: row.rule, startMs: row.startMs, frame, field: reader.rule, rowIndex });
    }
  }
  return rows;
}

interface Reader {
  rule: Field;
  read: (row: number) => ReadRow;
}

/** What reads a table's rows; undefined when it is none of episodes or decisions. */
function readerOf(frame: DataFrame): Reader | undefined {
  const episodes = new Columns<Episode>(frame);
  if (episodes.has('rule', 'decided_at') && (episodes.has('verdict') || episodes.has('outcome'))) {
    return { rule: episodes.field('rule')!, read: (row) => readEpisode(episodes, row) };
  }
  const decisions = new Columns<Decision>(frame);
  return decisions.has('rule', 'at', 'guard')
    ? { rule: decisions.field('rule')!, read: (row) => readSuppression(decisions, row) }
    : undefined;
}

/** Frames of samples have columns of these names, whatever else they have. */
function isOfSamples({ name }: Field): boolean {
  return name === '__name__' || name.startsWith('Value');
}

const NOTHING = {
  ...{ id: undefined, target: undefined, labels: undefined, endMs: undefined, outcome: undefined, verdict: undefined },
  ...{ estimate: undefined, low: undefined, high: undefined, signal: undefined, measured: undefined },
  ...{ watched: undefined, text: undefined, guard: undefined, reason: undefined },
};

type ReadRow = Partial<EpisodeRow> | undefined;

function readEpisode(columns: Columns<Episode>, row: number): ReadRow {
  const { cell, text, number } = cellsOf(columns, row);
  const outcome = text('outcome');
  // What was applied goes on until there is a verdict.
  const ended = cell('verified_at') ?? (outcome === 'applied' ? undefined : cell('finished_at'));
  return {
    ...{ id: text('id'), rule: text('rule'), target: text('target'), labels: toLabels(cell('target')), outcome },
    ...{ verdict: text('verdict'), startMs: toTimeMs(cell('decided_at')), endMs: toTimeMs(ended) },
    ...{ estimate: number('effect.estimate'), low: number('effect.low'), high: number('effect.high') },
    ...{ signal: text('expect.signal'), reason: text('outcome_because'), text: text('verdict_text') },
    ...{ measured: readMeasured(columns, row), watched: readWatched(columns, row) },
  };
}

function readMeasured(columns: Columns<Episode>, row: number): Measured | undefined {
  const { cell, text, number } = cellsOf(columns, row);
  const [observed, counterfactual] = [number('effect.observed'), number('effect.counterfactual')];
  if (observed === undefined || counterfactual === undefined) {
    return undefined;
  }
  return {
    ...{ observed, counterfactual, relative: number('effect.relative'), minimum: number('effect.minimum') },
    direction: text('expect.direction') === 'higher' ? 'higher' : 'lower',
    smallestVisible: number('effect.smallest_visible'),
    moments: number('effect.comparable_moments.count'),
    lowered: cell('effect.comparable_moments.lowered') === true,
    blocks: number('expect.switchback_blocks'),
  };
}

/** The effect has its time to settle from the moment at which the action was done. */
function readWatched(columns: Columns<Episode>, row: number): Watched | undefined {
  const { cell, number } = cellsOf(columns, row);
  const [sentMs, doneMs] = [toTimeMs(cell('started_at')), toTimeMs(cell('finished_at'))];
  const windowSeconds = number('expect.window_seconds') ?? 0;
  if (sentMs === undefined || doneMs === undefined || windowSeconds <= 0) {
    return undefined;
  }
  const settleSeconds = number('expect.settle_seconds') ?? 0;
  // A switchback is measured over all of its blocks.
  const blocks = number('expect.switchback_blocks') ?? 1;
  const fromMs = doneMs + 1000 * settleSeconds;
  const toMs = doneMs + 1000 * blocks * (settleSeconds + windowSeconds);
  return { sentMs, fromMs, toMs, windowMs: 1000 * windowSeconds };
}

function readSuppression(columns: Columns<Decision>, row: number): ReadRow {
  const { cell, text } = cellsOf(columns, row);
  const guard = text('guard');
  return guard === undefined
    ? undefined
    : {
        ...{ id: text('id'), rule: text('rule'), target: text('target'), guard, reason: text('because') },
        startMs: toTimeMs(cell('at')),
      };
}

function cellsOf<Shape>(columns: Columns<Shape>, row: number) {
  const cell = (path: PathIn<Shape>) => columns.cell(path, row);
  return {
    cell,
    text: (path: PathIn<Shape>) => toText(cell(path)),
    number: (path: PathIn<Shape>) => toNumber(cell(path)) ?? undefined,
  };
}
