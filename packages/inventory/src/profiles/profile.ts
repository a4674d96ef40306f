import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';

const columnSchema = z.string().min(1);

const valueSchema = z.union([
  z.string().transform((kpi) => ({ kpi, when_null: 'error' as const })),
  z.strictObject({
    kpi: z.string(),
    /** `absent` leaves the sample out where the column is NULL; otherwise NULL is an error. */
    when_null: z.enum(['error', 'absent']).default('error'),
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

const querySchema = z.strictObject({
  /** The SQL, in a file beside the profile. */
  file: z.string().min(1),
  labels: z.array(columnSchema).default(['site']),
  /** Column -> KPI. */
  values: z.record(z.string(), valueSchema).default({}),
  /** KPI -> columns. */
  histograms: z.record(z.string(), histogramSchema).default({}),
});

export const profileSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  /** The figures are read from the database at most this often; scrapes in between get the last reading. */
  min_interval: durationSchema.default(10_000),
  queries: z.record(z.string(), querySchema),
});

export type ProfileFile = z.output<typeof profileSchema>;

export interface ProfileQuery extends Omit<z.output<typeof querySchema>, 'file'> {
  name: string;
  sql: string;
}

/** The SQL that maps one inventory system to the figures of `KPIS`. */
export interface Profile {
  name: string;
  description: string;
  minIntervalMs: number;
  queries: readonly ProfileQuery[];
}
