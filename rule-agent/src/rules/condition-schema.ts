import { z } from 'zod';
import { type Condition, type ConditionGroup, OPERATORS } from '../model/rule.ts';
import { exactlyOne, reportFatalIssue } from '../schema/issues.ts';

/** How many values a comparison may name with `in`. */
const MOST_VALUES = 1_000;

const factName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a name such as latency or error_ratio');

/** A condition as it is written: all forms in one object, so that a mistake is reported where it stands. */
interface WrittenCondition {
  all?: WrittenCondition[] | undefined;
  any?: WrittenCondition[] | undefined;
  not?: WrittenCondition | undefined;
  fact?: string | undefined;
  operator?: (typeof OPERATORS)[number] | undefined;
  value?: number | number[] | { fact: string } | undefined;
}

// Strict: json-rules-engine would also take `path`, `params` and named conditions, and read more than our facts.
const written: z.ZodType<WrittenCondition> = z.lazy(() =>
  z
    .strictObject({
      // Not empty: json-rules-engine calls an empty `all` true.
      all: z.array(written).min(1, 'expected at least one condition').optional(),
      any: z.array(written).min(1, 'expected at least one condition').optional(),
      not: written.optional(),
      fact: factName.optional(),
      operator: z.enum(OPERATORS).optional(),
      value: z
        .union([z.number(), z.array(z.number()).min(1).max(MOST_VALUES), z.strictObject({ fact: factName })])
        .optional(),
    })
    .superRefine(checkForm),
);

/** A condition of a rule: `all`, `any`, `not`, or one comparison by itself. */
export const conditionSchema = written.transform((condition): ConditionGroup => {
  const checked = toCondition(condition);
  return 'fact' in checked ? { all: [checked] } : checked;
});

function checkForm(condition: WrittenCondition, context: z.RefinementCtx): void {
  exactlyOne(condition, ['all', 'any', 'not', 'fact'], context);
  if (condition.fact === undefined) return;
  const { operator, value } = condition;
  if (operator === undefined)
    reportFatalIssue(context, [], `operator is required: one of ${OPERATORS.join(', ')}`);
  if (value === undefined) reportFatalIssue(context, [], 'value is required');
  if (operator === undefined || value === undefined) return;
  const wantsList = operator === 'in' || operator === 'notIn';
  if (wantsList === Array.isArray(value)) return;
  const wanted = wantsList ? 'a list of numbers' : 'one number or { fact: name }';
  reportFatalIssue(context, ['value'], `${operator} compares with ${wanted}`);
}

function toCondition({ all, any, not, fact, operator, value }: WrittenCondition): Condition {
  if (all !== undefined) return { all: all.map(toCondition) };
  if (any !== undefined) return { any: any.map(toCondition) };
  if (not !== undefined) return { not: toCondition(not) };
  return { fact: fact!, operator: operator!, value: value! };
}
