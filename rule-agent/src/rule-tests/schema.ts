import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { ACTION_KINDS } from '../actions/kinds/index.ts';
import { readingLabels } from '../actions/spelled-out.ts';
import { limitsSchema } from '../config/index.ts';
import type { Offers } from '../rules/index.ts';
import { readSeries, type SeriesStep } from './series.ts';

const labels = z.record(z.string(), z.string()).default({});

const values = z.union([z.string(), z.number()]).transform((written, context): SeriesStep[] => {
  const read = readSeries(String(written));
  if ('steps' in read) return read.steps;
  context.addIssue({
    code: 'custom',
    message: `cannot read "${read.wrong}": expected values such as 0.5x4, 1+2x10, _ or stale`,
  });
  return z.NEVER;
});

const signal = z.strictObject({
  signal: z.string().min(1),
  labels,
  values,
  /** How many scales it is away from normal. */
  zscore: values.optional(),
  /** 1 where its baseline is ready, 0 while it learns; without it the baseline is ready. */
  ready: values.optional(),
});

const promql = z.strictObject({ expr: z.string().min(1), labels, values });

const expectation = z
  .strictObject({
    at: durationSchema,
    rule: z.string().min(1),
    target: labels,
    state: z.string().optional(),
    decision: z.string().optional(),
    guard: z.string().optional(),
  })
  .refine(({ state, decision, guard }) => [state, decision, guard].some((given) => given !== undefined), {
    message: 'expected at least one of state, decision and guard',
  });

const kind = z.enum(ACTION_KINDS.map(({ name }) => name));

/** `warehouse: knob`, or with the names that the configuration spells out and the labels that each of them reads. */
const offer = z.union([
  kind.transform((only) => ({ kind: only })),
  z.strictObject({ kind, names: z.record(z.string(), z.array(z.string())).transform(readingLabels) }),
]);

/** What the actions of the rules may name: `[warehouse]` are systems with knobs. */
const systems = z.union([
  z
    .array(z.string())
    .transform((names): Offers => Object.fromEntries(names.map((name) => [name, { kind: 'knob' }]))),
  z.record(z.string(), offer),
]);

/** A pause, as a person would make it. */
const pause = z.strictObject({
  at: durationSchema,
  for: durationSchema.optional(),
  rule: z.string().min(1).optional(),
  reason: z.string().min(1).default('a test'),
});

/** A yes to the action that waits for one. */
const approval = z.strictObject({
  at: durationSchema,
  rule: z.string().min(1),
  target: labels,
  by: z.string().min(1).default('a person'),
});

/** A no to it. */
const rejection = approval.extend({ reason: z.string().min(1).default('a test') });

/** A file of tests of rules: series, and what the agent makes of them at which time. */
export const testFileSchema = z.strictObject({
  /** Globs, relative to the file. */
  rules: z.array(z.string().min(1)).min(1),
  systems: systems.default({}),
  /** As in the configuration of the agent. */
  limits: limitsSchema.prefault({}),
  /** In the place of the environment of the agent. */
  env: z.record(z.string(), z.string()).default({}),
  /** From one cycle, and one value, to the next. */
  interval: durationSchema.refine((ms) => ms > 0, 'must be longer than 0s'),
  max_age: durationSchema.prefault('30s'),
  start: z.iso.datetime().default('2026-01-05T00:00:00Z'),
  tests: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        signals: z.array(signal).default([]),
        promql: z.array(promql).default([]),
        pauses: z.array(pause).default([]),
        approvals: z.array(approval).default([]),
        rejections: z.array(rejection).default([]),
        /** Systems that refuse whatever is asked of them. */
        failing: z.array(z.string()).default([]),
        /** Of rules that leave some firings alone on purpose: none of them, or all. */
        hold_out: z.enum(['none', 'all']).default('none'),
        expect: z.array(expectation).min(1),
      }),
    )
    .min(1),
});

export type TestFile = z.output<typeof testFileSchema>;
export type RuleTest = TestFile['tests'][number];
export type Expectation = RuleTest['expect'][number];
