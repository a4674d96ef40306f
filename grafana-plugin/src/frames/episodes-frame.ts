import { type Schema } from '@evenkeel/agent-api';
import { type DataFrame, type Field } from '@grafana/data';
import { toNumber, toTimeMs } from './samples';

/** One row of the agent's `/api/v1/episodes` or `/api/v1/decisions`, as a table. What a row does not say is undefined. */
export interface EpisodeRow {
  id: string | undefined;
  rule: string;
  target: string | undefined;
  startMs: number;
  endMs: number | undefined;
  outcome: string | undefined;
  verdict: string | undefined;
  /** Benefit-signed effect on `signal`, in its unit, with its interval. */
  estimate: number | undefined;
  low: number | undefined;
  high: number | undefined;
  signal: string | undefined;
  /** Why nothing was done: the guard that objected, and what it said. */
  guard: string | undefined;
  reason: string | undefined;
  frame: DataFrame;
  field: Field;
  rowIndex: number;
}

type Episode = Schema<'Episode'>;
type Decision = Schema<'Decision'>;

/** A member, or `expect.signal`: a member of a member. */
type PathIn<Shape> = {
  [Name in keyof Shape & string]:
    | Name
    | (NonNullable<Shape[Name]> extends readonly unknown[] | string | number | boolean
        ? never
        : `${Name}.${keyof NonNullable<Shape[Name]> & string}`);
}[keyof Shape & string];

/** A rule, a time, and what came of it; of thousands of frames most are of two fields. */
const LEAST_COLUMNS = 3;

/** Whether a frame is a table of episodes or decisions rather than of samples. */
export function isEpisodesFrame({ fields }: DataFrame): boolean {
  if (fields.length < LEAST_COLUMNS || fields.some(isOfSamples)) {
    return false;
  }
  const table = new Table(fields);
  return isOfEpisodes(table) || isOfDecisions(table);
}

/**
 * The rows that name a rule and a time. Of decisions only those not to act are read: the others are firings, and what came of
 * them is in the episodes.
 */
export function readEpisodesFrame(frame: DataFrame): EpisodeRow[] {
  const table = new Table(frame.fields);
  const readRow = isOfEpisodes(table) ? readEpisode : readSuppression;
  const field = table.field('rule')!;
  const rows: EpisodeRow[] = [];
  for (let rowIndex = 0; rowIndex < frame.length; rowIndex++) {
    const row = readRow(table, rowIndex);
    if (row?.rule !== undefined && row.startMs !== undefined) {
      rows.push({ ...NOTHING, ...row, rule: row.rule, startMs: row.startMs, frame, field, rowIndex });
    }
  }
  return rows;
}

function isOfEpisodes(table: Table): boolean {
  const has = (...columns: Array<PathIn<Episode>>) => columns.every((column) => table.field(column) !== undefined);
  return has('rule', 'decided_at') && (has('verdict') || has('outcome'));
}

function isOfDecisions(table: Table): boolean {
  const has = (...columns: Array<PathIn<Decision>>) => columns.every((column) => table.field(column) !== undefined);
  return has('rule', 'at', 'guard');
}

/** Frames of samples have columns of these names, whatever else they have. */
function isOfSamples({ name }: Field): boolean {
  return name === '__name__' || name.startsWith('Value');
}

const NOTHING = {
  ...{ id: undefined, target: undefined, endMs: undefined, outcome: undefined, verdict: undefined, guard: undefined },
  ...{ estimate: undefined, low: undefined, high: undefined, signal: undefined, reason: undefined },
};

type ReadRow = Partial<EpisodeRow> | undefined;

function readEpisode(table: Table, row: number): ReadRow {
  const cell = (path: PathIn<Episode>) => table.cell(path, row);
  const text = (path: PathIn<Episode>) => toText(cell(path));
  const number = (path: PathIn<Episode>) => toNumber(cell(path)) ?? undefined;
  const outcome = text('outcome');
  // What was applied goes on until there is a verdict.
  const ended = cell('verified_at') ?? (outcome === 'applied' ? undefined : cell('finished_at'));
  return {
    ...{ id: text('id'), rule: text('rule'), target: text('target'), outcome, verdict: text('verdict') },
    ...{ startMs: toTimeMs(cell('decided_at')), endMs: toTimeMs(ended) },
    ...{ estimate: number('effect.estimate'), low: number('effect.low'), high: number('effect.high') },
    ...{ signal: text('expect.signal'), reason: text('outcome_because') },
  };
}

function readSuppression(table: Table, row: number): ReadRow {
  const cell = (path: PathIn<Decision>) => table.cell(path, row);
  const text = (path: PathIn<Decision>) => toText(cell(path));
  const guard = text('guard');
  return guard === undefined
    ? undefined
    : {
        ...{ id: text('id'), rule: text('rule'), target: text('target'), guard, reason: text('because') },
        startMs: toTimeMs(cell('at')),
      };
}

/** Columns by the names of the API. */
class Table {
  readonly #fields: ReadonlyMap<string, Field>;

  constructor(fields: readonly Field[]) {
    this.#fields = new Map(fields.map((field) => [columnName(field.name), field]));
  }

  field(path: string): Field | undefined {
    return this.#fields.get(columnName(path));
  }

  /** A member of a member is a column of its own, or in the column of the whole. */
  cell(path: string, row: number): unknown {
    const own = this.field(path);
    if (own !== undefined) {
      return own.values[row];
    }
    const [whole = '', member] = path.split('.');
    const value: unknown = member === undefined ? undefined : this.field(whole)?.values[row];
    return isRecord(value) ? value[member!] : undefined;
  }
}

/** `expect.signal` and `Decided at` are `expect_signal` and `decided_at`. */
function columnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
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
