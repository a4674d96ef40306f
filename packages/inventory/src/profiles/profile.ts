import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { HistogramKpi, Kpi, ScalarKpi } from '../model/kpis.ts';

const columnSchema = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected the name of a column');
const metricSchema = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'expected the name of a metric');
const whenNullSchema = z.enum(['error', 'absent']).default('error');

const valueSchema = z.union([
  z.string().transform((kpi) => ({ kpi, when_null: 'error' as const })),
  z.strictObject({
    kpi: z.string(),
    /** `absent` leaves the sample out where the column is NULL; otherwise NULL is an error. */
    when_null: whenNullSchema,
  }),
  z.strictObject({
    /** A metric of your own. */
    metric: metricSchema,
    type: z.enum(['gauge', 'counter']),
    help: z.string().min(1),
    when_null: whenNullSchema,
  }),
]);

const histogramSchema = z.strictObject({
  /** Column with the bucket's upper bound in seconds, one of the KPI's bounds, or NULL above the last. */
  le: columnSchema,
  /** Column with the observations in this bucket alone. */
  count: columnSchema,
  /** Column with the sum of the observations in this bucket alone. */
  sum: columnSchema,
});

/** The SQL stands in the YAML itself or in a file beside it; `{dialect}` in its name is `postgres` or `mysql`. */
const sqlKeys = { sql: z.string().min(1).optional(), file: z.string().min(1).optional() };

const querySchema = z
  .strictObject({
    ...sqlKeys,
    labels: z.array(columnSchema).default(['site']),
    /** Column -> figure. */
    values: z.record(columnSchema, valueSchema).default({}),
    /** KPI -> columns. */
    histograms: z.record(z.string(), histogramSchema).default({}),
    /** The query is run at most this often; the profile's own where it is left out. */
    min_interval: durationSchema.optional(),
    /** Limit of this query alone, for the server too; half of the database's where it is left out. */
    timeout: durationSchema.optional(),
    /** A figure with more series than this is cut. */
    max_series: z.int().min(1).default(10_000),
  })
  .refine(hasOneSql, 'give either sql or file');

const eventSchema = z
  .strictObject({
    ...sqlKeys,
    /** The columns that name a row and never change. */
    key: z.union([columnSchema.transform((column) => [column]), z.array(columnSchema).min(1)]),
    /** The column that grows whenever a row is added or changed: a time or a number. It needs an index. */
    changed: columnSchema,
    /** A column that never changes, by which rows are held together: a time or a number. It should have an index. */
    period: columnSchema.optional(),
    /** How much of `changed` is read again each time: a duration, or a count where it is a number. */
    overlap: z.union([durationSchema, z.int().min(0)]).default(60_000),
    labels: z.array(columnSchema).default(['site']),
    values: z.record(columnSchema, valueSchema).default({}),
    /** KPI -> column with one observation in seconds, or NULL for none. */
    histograms: z.record(z.string(), columnSchema).default({}),
    /** A query whose rows are the labels that are to be there before their first event. */
    start_at_zero: z.string().min(1).optional(),
  })
  .refine(hasOneSql, 'give either sql or file');

export const profileSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  /** The figures are read from the database at most this often; scrapes in between get the last reading. */
  min_interval: durationSchema.default(10_000),
  queries: z.record(z.string(), querySchema).default({}),
  events: z.record(z.string(), eventSchema).default({}),
  /** Figure -> why the system does not have it. */
  absent: z.record(z.string(), z.string().min(1)).default({}),
});

export type ProfileFile = z.output<typeof profileSchema>;
export type QueryFile = z.output<typeof querySchema>;
export type EventFile = z.output<typeof eventSchema>;
export type ValueFile = z.output<typeof valueSchema>;

/** A column of a query and the figure that it gives. */
export interface ValueColumn {
  column: string;
  kpi: ScalarKpi;
  whenNull: 'error' | 'absent';
}

/** A query whose rows are the figures themselves. */
export interface ProfileQuery {
  name: string;
  sql: string;
  labels: readonly string[];
  values: readonly ValueColumn[];
  histograms: readonly { kpi: HistogramKpi; columns: z.output<typeof histogramSchema> }[];
  minIntervalMs: number | undefined;
  timeoutMs: number | undefined;
  maxSeries: number;
}

/** A query with one row for each thing that happened; the figures are what these rows add up to. */
export interface EventQuery {
  name: string;
  sql: string;
  key: readonly string[];
  changed: string;
  period: string;
  /** In milliseconds where `changed` is a time, else in its own units. */
  overlap: number;
  labels: readonly string[];
  values: readonly ValueColumn[];
  histograms: readonly { kpi: HistogramKpi; column: string }[];
  /** SQL of the labels that are there from the start. */
  startAtZero: string | undefined;
}

/** A figure that a system does not have. */
export interface AbsentFigure {
  kpi: Kpi;
  reason: string;
}

/** The SQL that maps one inventory system to the figures of `KPIS`, or gives metrics of its user's own. */
export interface Profile {
  name: string;
  description: string;
  minIntervalMs: number;
  queries: readonly ProfileQuery[];
  events: readonly EventQuery[];
  absent: readonly AbsentFigure[];
}

function hasOneSql({ sql, file }: { sql?: string | undefined; file?: string | undefined }): boolean {
  return (sql === undefined) !== (file === undefined);
}
