import { type DataFrame, type Field } from '@grafana/data';
import { toNumber, toTimeMs } from './samples';

/** One row of the agent's `/api/v1/episodes` or `/api/v1/decisions`, as a table. What a row does not say is undefined. */
export interface EpisodeRow {
  id: string | undefined;
  rule: string;
  target: string | undefined;
  startMs: number;
  endMs: number | undefined;
  state: string | undefined;
  outcome: string | undefined;
  verdict: string | undefined;
  /** Benefit-signed effect on `signal`, in its unit, with its interval. */
  estimate: number | undefined;
  low: number | undefined;
  high: number | undefined;
  signal: string | undefined;
  unit: string | undefined;
  /** Why nothing was done: the guard that objected, and what it said. */
  guard: string | undefined;
  reason: string | undefined;
  frame: DataFrame;
  field: Field;
  rowIndex: number;
}

const COLUMNS = {
  id: ['id'],
  rule: ['rule'],
  target: ['target'],
  start: ['decided_at', 'started_at', 'at', 'time'],
  end: ['verified_at', 'finished_at', 'ended_at'],
  state: ['state'],
  outcome: ['outcome'],
  verdict: ['verdict'],
  estimate: ['estimate', 'effect_estimate', 'effect'],
  low: ['interval_low', 'estimate_low', 'low'],
  high: ['interval_high', 'estimate_high', 'high'],
  signal: ['signal', 'expect_signal'],
  unit: ['unit'],
  guard: ['guard'],
  reason: ['reason', 'because', 'outcome_because'],
} as const;

type Column = keyof typeof COLUMNS;

/** A rule, a time, and what came of it; of thousands of frames most are of two fields. */
const LEAST_COLUMNS = 3;

/** Whether a frame is a table of episodes or decisions rather than of samples. */
export function isEpisodesFrame({ fields }: DataFrame): boolean {
  if (fields.length < LEAST_COLUMNS) {
    return false;
  }
  const columns = columnsOf(fields);
  const names = new Set(fields.map(({ name }) => name));
  const says = columns.verdict ?? columns.guard ?? columns.outcome;
  return (
    columns.rule !== undefined &&
    columns.start !== undefined &&
    says !== undefined &&
    !names.has('__name__') &&
    !fields.some(({ name }) => name.startsWith('Value'))
  );
}

/**
 * The rows that name a rule and a time. Of decisions only those not to act are read: the others are firings, and what came of
 * them is in the episodes.
 */
export function readEpisodesFrame(frame: DataFrame): EpisodeRow[] {
  const columns = columnsOf(frame.fields);
  const rows: EpisodeRow[] = [];
  for (let rowIndex = 0; rowIndex < frame.length; rowIndex++) {
    const row = readRow({ frame, columns, rowIndex });
    if (row !== undefined && (columns.verdict !== undefined || row.guard !== undefined)) {
      rows.push(row);
    }
  }
  return rows;
}

type Columns = Partial<Record<Column, Field>>;

function readRow({ frame, columns, rowIndex }: Place): EpisodeRow | undefined {
  const cell = (column: Column): unknown => columns[column]?.values[rowIndex];
  const text = (column: Column) => toText(cell(column));
  const number = (column: Column) => toNumber(cell(column)) ?? undefined;
  const rule = text('rule');
  const startMs = toTimeMs(cell('start'));
  if (rule === undefined || startMs === undefined) {
    return undefined;
  }
  return {
    ...{ id: text('id'), rule, target: text('target'), startMs, endMs: toTimeMs(cell('end')) },
    ...{ state: text('state'), outcome: text('outcome'), verdict: text('verdict') },
    ...{ estimate: number('estimate'), low: number('low'), high: number('high') },
    ...{ signal: text('signal'), unit: text('unit'), guard: text('guard'), reason: text('reason') },
    ...{ frame, field: columns.rule!, rowIndex },
  };
}

interface Place {
  frame: DataFrame;
  columns: Columns;
  rowIndex: number;
}

function columnsOf(fields: readonly Field[]): Columns {
  const byName = new Map(fields.map((field) => [columnName(field.name), field]));
  return Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([column, names]) => {
      const name = names.find((candidate) => byName.has(candidate));
      return name === undefined ? [] : [[column, byName.get(name)]];
    })
  ) as Columns;
}

/** `expect.signal` and `Decided at` are `expect_signal` and `decided_at`. */
function columnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Labels as an object become `job=warehouse, site=a`. */
function toText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, part]) => `${name}=${String(part)}`)
      .join(', ');
  }
  return String(value);
}
