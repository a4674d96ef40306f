import { databaseUrlSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { reportIssue } from '../../../schema/issues.ts';
import { checkFrom, plainText, scalar, template } from '../../../schema/templates.ts';

const parameters = z.array(z.union([z.number(), z.boolean(), template])).default([]);
const rows = z
  .strictObject({ min: z.int().min(0).default(1), max: z.int().min(1).default(1) })
  .refine(({ min, max }) => min <= max, 'min cannot be more than max')
  .prefault({});

const change = { run: plainText, params: parameters, rows };

const statementSchema = z
  .strictObject({
    ...change,
    verify: z.strictObject({ query: plainText, params: parameters, equals: scalar.optional() }).optional(),
    revert: z.strictObject(change).optional(),
  })
  .superRefine(checkFrom)
  .superRefine(({ run, params, verify, revert }, context) => {
    checkParameters({ sql: run, params }, ['params'], context);
    if (verify !== undefined)
      checkParameters({ ...verify, sql: verify.query }, ['verify', 'params'], context);
    if (revert !== undefined) checkParameters({ ...revert, sql: revert.run }, ['revert', 'params'], context);
  });

/** A PostgreSQL database with statements that rules may name. */
export const sqlSystemSchema = z.strictObject({
  url: databaseUrlSchema(['postgres', 'postgresql']),
  keys: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/, 'expected a table such as evenkeel_action_keys')
    .default('evenkeel_action_keys'),
  statements: z.record(plainText, statementSchema),
});

export type SqlSettings = z.output<typeof sqlSystemSchema>;
export type ConfiguredStatement = z.output<typeof statementSchema>;
export type ConfiguredSql = Pick<ConfiguredStatement, 'run' | 'params' | 'rows'>;

function checkParameters(
  { sql, params }: { sql: string; params: readonly unknown[] },
  path: PropertyKey[],
  context: z.RefinementCtx,
): void {
  const highest = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  if (highest === params.length) return;
  reportIssue(context, path, `the statement reads ${highest} parameters, ${params.length} are given`);
}
