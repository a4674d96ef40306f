import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import {
  LONGEST_BUDGET_MS,
  LONGEST_NAME,
  MOST_COMPARISONS,
  MOST_FACTS,
  MOST_LABELS,
  MOST_LOOKS,
} from '../model/limits.ts';
import { type ConditionGroup, MODES, READINGS } from '../model/rule.ts';
import { isInPattern, isQuoted, isTemplate, labelsOfTemplate } from '../model/query-template.ts';
import {
  actionSchema,
  isSwitchable,
  labelsOfAction,
  NOT_SWITCHABLE,
  silenceWishSchema,
  tellsSomebody,
} from './action-schema.ts';
import { comparisonsOf } from './comparisons.ts';
import { exactlyOne, reportIssue, unknownName } from '../schema/issues.ts';
import { labelName, labels, TOO_LONG } from '../schema/labels.ts';
import { identifier } from '../schema/identifier.ts';
import { conditionSchema } from './condition-schema.ts';
import type { Offers } from './offers.ts';
import { asksForProof, expectationSchema } from './expectation-schema.ts';
import { scheduleSchema } from './schedule-schema.ts';

const ruleName = z
  .string()
  .max(LONGEST_NAME, TOO_LONG)
  .regex(/^[a-z][a-z0-9-]*$/, 'expected a name such as slow-api');
const factSchema = z
  .strictObject({
    signal: identifier.optional(),
    reading: z.enum(READINGS).optional(),
    promql: z.string().min(1).optional(),
    source: labels.optional(),
  })
  .superRefine((fact, context) => {
    exactlyOne(fact, ['signal', 'promql'], context);
    if (fact.reading !== undefined && fact.signal === undefined) {
      reportIssue(context, ['reading'], 'reading goes with signal: only signals have a baseline');
    }
    if (fact.promql !== undefined && isTemplate(fact.promql)) checkTemplate(fact.promql, context);
  });

function checkTemplate(promql: string, context: z.RefinementCtx): void {
  if (!isQuoted(promql)) {
    reportIssue(
      context,
      ['promql'],
      'write ${target.label} within double quotes, and no other quotes beside them',
    );
  } else if (isInPattern(promql)) {
    reportIssue(
      context,
      ['promql'],
      '${target.label} cannot be part of a regular expression: compare with =',
    );
  }
}

const holdingSchema = z.union([
  durationSchema,
  z
    .strictObject({ firing: z.int().min(1), of: z.int().min(1).max(MOST_LOOKS) })
    .refine(({ firing, of }) => firing <= of, 'firing cannot be more than of'),
]);

const budgetSchema = z.strictObject({
  actions: z.int().min(0),
  per: durationSchema.refine(
    (ms) => ms > 0 && ms <= LONGEST_BUDGET_MS,
    'must be longer than 0s and 1d at most',
  ),
});

/** The schema of a rule file: what can be wrong within a rule is found here, with its place. */
export function ruleFileSchema(systems: Offers): RuleFileSchema {
  const made = MADE.get(systems) ?? makeSchema(systems);
  MADE.set(systems, made);
  return made;
}

type RuleFileSchema = ReturnType<typeof makeSchema>;

/** Making one takes longer than reading a file: the same systems have the same one. */
const MADE = new WeakMap<Offers, RuleFileSchema>();

function makeSchema(systems: Offers) {
  return z.strictObject({ rules: z.array(ruleSchema(systems)) });
}

export type WrittenRule = z.output<ReturnType<typeof ruleSchema>>;

function ruleSchema(systems: Offers) {
  return z
    .strictObject({
      name: ruleName,
      description: z.string().min(1),
      owner: z.string().min(1).optional(),
      labels: labels.default({}),
      priority: z.literal([1, 2, 3]),
      mode: z.enum(MODES).default('shadow'),
      target: z.strictObject({ by: z.array(labelName).min(1).max(MOST_LABELS), match: labels.default({}) }),
      facts: z
        .record(identifier, factSchema)
        .refine((facts) => Object.keys(facts).length <= MOST_FACTS, `more than ${MOST_FACTS} facts`),
      when: conditionSchema,
      clear: conditionSchema.optional(),
      for: holdingSchema.optional(),
      cooldown: durationSchema.optional(),
      schedule: scheduleSchema.optional(),
      budget: z.strictObject({ rule: budgetSchema.optional(), target: budgetSchema.optional() }).default({}),
      when_learning: z.enum(['wait', 'act']).default('wait'),
      action: actionSchema(systems),
      expect: expectationSchema,
      silence_while_acting: silenceWishSchema(systems).optional(),
    })
    .superRefine(checkFactNames)
    .superRefine(checkTemplateLabels)
    .superRefine(({ silence_while_acting: silence, target }, context) => {
      for (const label of Object.keys(silence?.matchers ?? {}).filter((name) => target.by.includes(name))) {
        const message = `${label} is a label of the target, whose alerts alone are silenced`;
        reportIssue(context, ['silence_while_acting', 'matchers', label], message);
      }
    })
    .superRefine(({ action, expect }, context) => {
      if (asksForProof(expect) && !isSwitchable(action)) {
        reportIssue(context, ['expect', 'proof'], NOT_SWITCHABLE);
      }
      if (!tellsSomebody(action) || (expect.hold_out ?? 0) === 0) return;
      const message = 'a message moves nothing: nothing is learned by leaving a firing alone';
      reportIssue(context, ['expect', 'hold_out'], message);
    })
    .superRefine(({ action, target }, context) => {
      const needed = labelsOfAction(action, systems);
      for (const { label, path } of needed.filter((one) => !target.by.includes(one.label))) {
        reportIssue(context, ['action', ...path], unknownName('label of the target', label, target.by));
      }
    });
}

interface Naming {
  facts: Readonly<Record<string, unknown>>;
  when: ConditionGroup;
  clear?: ConditionGroup | undefined;
}

function checkFactNames(rule: Naming, context: z.RefinementCtx): void {
  const known = Object.keys(rule.facts);
  for (const key of ['when', 'clear'] as const) {
    const group = rule[key];
    if (group === undefined) continue;
    const comparisons = comparisonsOf(group);
    if (comparisons.length > MOST_COMPARISONS) {
      reportIssue(context, [key], `more than ${MOST_COMPARISONS} comparisons`);
    }
    for (const { path, facts } of comparisons.slice(0, MOST_COMPARISONS)) {
      for (const fact of facts.filter((name) => !known.includes(name))) {
        reportIssue(context, [key, ...path], unknownName('fact', fact, known));
      }
    }
  }
}

interface Templates {
  facts: Readonly<Record<string, { promql?: string | undefined }>>;
  target: { by: readonly string[] };
}

function checkTemplateLabels({ facts, target }: Templates, context: z.RefinementCtx): void {
  for (const [name, { promql = '' }] of Object.entries(facts)) {
    for (const label of labelsOfTemplate(promql).filter((one) => !target.by.includes(one))) {
      reportIssue(context, ['facts', name, 'promql'], unknownName('label of the target', label, target.by));
    }
  }
}
