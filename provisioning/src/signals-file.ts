import { failed, loadConfig, type LoadResult, toJsonSchema } from '@evenkeel/toolkit';
import type { Signal, Timing } from '@evenkeel/signals';
import { z } from 'zod';

const promDuration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d|w)$/, 'expected a Prometheus duration such as 30s, 5m or 1h');
const domainName = z.enum(['system', 'inventory', 'api', 'agent']);
const labelName = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'expected a label name such as job');

const timingSchema = z
  .strictObject({
    interval: promDuration,
    window: promDuration,
    business_window: promDuration,
    for: promDuration,
    keep_firing_for: promDuration,
    baseline: promDuration,
  })
  .transform(({ business_window, keep_firing_for, ...rest }): Timing => ({
    ...rest,
    businessWindow: business_window,
    keepFiringFor: keep_firing_for,
  }));

const scoreSchema = z.strictObject({
  good: z.number().positive(),
  poor: z.number().positive(),
  weight: z.number().positive(),
  critical: z.boolean().optional(),
});

const signalSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a snake_case name'),
  title: z.string().min(1),
  description: z.string().min(1),
  domain: domainName,
  unit: z.string().min(1),
  direction: z.enum(['lower', 'higher', 'band']),
  by: z.array(labelName).min(1),
  promql: z.string().min(1),
  warn: z.number().optional(),
  page: z.number().optional(),
  floor: z.number().positive().optional(),
  score: scoreSchema.optional(),
}) satisfies z.ZodType<Signal>;

const signalsFileSchema = z.strictObject({
  timings: z.record(z.string(), timingSchema),
  domains: z.partialRecord(domainName, z.number().positive()),
  signals: z.array(signalSchema).min(1),
});

export type SignalsFile = z.output<typeof signalsFileSchema>;

/** Reads a signals file; two signals of one name are a finding. */
export function loadSignalsFile(file: string): LoadResult<SignalsFile> {
  const result = loadConfig({ file, schema: signalsFileSchema, env: {} });
  if (!result.ok) return result;
  const { config, document } = result;
  const names = config.signals.map(({ name }) => name);
  const repeated = names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
  if (repeated.length === 0) return result;
  const diagnostics = repeated.map((index) =>
    document.atValue(['signals', index, 'name'], {
      code: 'SIGNAL_DUPLICATE',
      message: `signal ${names[index] ?? ''} is defined twice`,
      hint: 'give each signal a name of its own',
    }),
  );
  return failed(document, diagnostics);
}

export function signalsJsonSchema(): object {
  return toJsonSchema(signalsFileSchema);
}
