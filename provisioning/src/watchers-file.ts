import { failed, loadConfig, type LoadResult, toJsonSchema } from '@evenkeel/toolkit';
import { DURATION, type Watcher } from '@evenkeel/signals';
import { z } from 'zod';

/** Series in promtool's notation: name and labels -> values, one a minute. */
const seriesSchema = z.record(z.string(), z.string().min(1));

const testSchema = z.strictObject({
  fires: seriesSchema,
  /** The labels of the alert that fires, beside those that every alert of the watcher has. */
  labels: z.record(z.string(), z.string()),
  quiet: seriesSchema,
  at: z
    .string()
    .regex(/^\d+m$/, 'expected minutes such as 12m')
    .default('20m'),
});

const watcherSchema = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'expected a name in CamelCase, without the prefix Evenkeel'),
  severity: z.enum(['info', 'warning', 'critical']),
  domain: z.enum(['system', 'inventory', 'api', 'agent', 'health']),
  expr: z.string().min(1),
  for: z.string().regex(DURATION, 'expected a Prometheus duration such as 0s or 5m').optional(),
  summary: z.string().min(1),
  description: z.string().min(1),
  test: testSchema,
}) satisfies z.ZodType<Watcher>;

const watchersFileSchema = z.strictObject({ watchers: z.array(watcherSchema) });

/** A watcher with what its unit test is made of. */
export type TestedWatcher = z.output<typeof watcherSchema>;

/** Reads a watchers file; two watchers of one name are a finding. */
export function loadWatchersFile(file: string): LoadResult<{ watchers: TestedWatcher[] }> {
  const result = loadConfig({ file, schema: watchersFileSchema, env: {} });
  if (!result.ok) return result;
  const names = result.config.watchers.map(({ name }) => name);
  const diagnostics = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          result.document.atValue(['watchers', index, 'name'], {
            code: 'WATCHER_DUPLICATE',
            message: `watcher ${name} is defined twice`,
            hint: 'give each watcher a name of its own',
          }),
        ],
  );
  return diagnostics.length === 0 ? result : failed(result.document, diagnostics);
}

export function watchersJsonSchema(): object {
  return toJsonSchema(watchersFileSchema);
}
