import { failed, loadConfig, type LoadResult, toJsonSchema } from '@evenkeel/toolkit';
import { CONFIDENCES, DURATION, type Signal, type Timing } from '@evenkeel/signals';
import { z } from 'zod';
import { checkSignals } from './signal-checks.ts';

const promDuration = z.string().regex(DURATION, 'expected a Prometheus duration such as 30s, 5m or 1h');
const domainName = z.enum(['system', 'inventory', 'api', 'agent']);
const labelName = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'expected a label name such as job');

const timingSchema = z
  .strictObject({
    interval: promDuration,
    window: promDuration,
    business_window: promDuration,
    long_window: promDuration,
    for: promDuration,
    keep_firing_for: promDuration,
    baseline: promDuration,
    trend: promDuration,
    horizon: promDuration,
    baseline_interval: promDuration.optional(),
    spread_interval: promDuration.optional(),
  })
  .transform(
    ({
      business_window,
      long_window,
      keep_firing_for,
      baseline_interval,
      spread_interval,
      ...rest
    }): Timing => ({
      ...rest,
      baselineInterval: baseline_interval,
      spreadInterval: spread_interval,
      businessWindow: business_window,
      longWindow: long_window,
      keepFiringFor: keep_firing_for,
    }),
  );

/** One value, or for a band the lowest and the highest. */
const limit = z.union([z.number(), z.tuple([z.number(), z.number()])]);

const ratioSchema = z.strictObject({
  part: z.string().min(1),
  whole: z.string().min(1),
  samples: z.string().min(1).optional(),
  confidence: z.union(CONFIDENCES.map((confidence) => z.literal(confidence))),
});

const predictSchema = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'expected a name in CamelCase, without the prefix Evenkeel'),
  severity: z.enum(['info', 'warning', 'critical']),
  side: z.enum(['above', 'below']),
  limit: z.union([z.number(), z.string()]),
  from: z.number().optional(),
});

const scoreSchema = z.strictObject({
  good: limit,
  poor: limit,
  weight: z.number().positive(),
  critical: z.boolean().optional(),
});

const signalSchema: z.ZodType<Signal> = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case name'),
  title: z.string().min(1),
  description: z.string().min(1),
  domain: domainName,
  unit: z.string().min(1),
  direction: z.enum(['lower', 'higher', 'band']),
  by: z.array(labelName).min(1),
  promql: z.string().min(1).optional(),
  ratio: ratioSchema.optional(),
  sparse: z.boolean().optional(),
  info: limit.optional(),
  warn: limit.optional(),
  page: limit.optional(),
  predict: predictSchema.optional(),
  floor: z.number().positive().optional(),
  score: scoreSchema.optional(),
});

const signalsFileSchema = z.strictObject({
  timings: z.record(z.string(), timingSchema),
  domains: z.partialRecord(domainName, z.number().positive()),
  links: z.strictObject({ runbooks: z.string(), dashboards: z.string() }),
  signals: z.array(signalSchema).min(1),
});

export type SignalsFile = z.output<typeof signalsFileSchema>;

/** Reads a signals file; what is wrong with a signal is shown where it stands. */
export function loadSignalsFile(file: string): LoadResult<SignalsFile> {
  const result = loadConfig({ file, schema: signalsFileSchema, env: {} });
  if (!result.ok) return result;
  const diagnostics = checkSignals(result.config.signals, result.document);
  return diagnostics.length === 0 ? result : failed(result.document, diagnostics);
}

export function signalsJsonSchema(): object {
  return toJsonSchema(signalsFileSchema);
}
