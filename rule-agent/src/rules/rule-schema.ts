import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { ConditionGroup } from '../model/rule.ts';
import { comparisonsOf } from './comparisons.ts';
import { complain, exactlyOne, unknownName } from './complaints.ts';
import { conditionSchema } from './condition-schema.ts';

/** What a rule may refer to. */
export interface RuleSurroundings {
  systems: readonly string[];
}

const ruleName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a name such as slow-api');
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'expected a label name such as job');
const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'expected a name such as latency or api_latency_p95_seconds');
const labels = z.record(labelName, z.string());

const factSchema = z
  .strictObject({
    signal: identifier.optional(),
    promql: z.string().min(1).optional(),
    source: labels.optional(),
  })
  .superRefine((fact, context) => exactlyOne(fact, ['signal', 'promql'], context));

const modeSchema = z
  .enum(['off', 'shadow', 'approve', 'auto'])
  .refine((mode) => mode !== 'approve', 'mode approve does not exist yet: use shadow or auto');

/** The schema of a rule file: what can be wrong within a rule is found here, with its place. */
export function ruleFileSchema(surroundings: RuleSurroundings) {
  return z.strictObject({ rules: z.array(ruleSchema(surroundings)) });
}

export type WrittenRule = z.output<ReturnType<typeof ruleSchema>>;

function ruleSchema(surroundings: RuleSurroundings) {
  return z
    .strictObject({
      name: ruleName,
      description: z.string().min(1),
      priority: z.literal([1, 2, 3]),
      mode: modeSchema.default('shadow'),
      target: z.strictObject({ by: z.array(labelName).min(1), match: labels.default({}) }),
      facts: z.record(identifier, factSchema),
      when: conditionSchema,
      clear: conditionSchema.optional(),
      for: durationSchema.optional(),
      cooldown: durationSchema.optional(),
      action: z.strictObject({ knob: knobSchema(surroundings) }),
      expect: z.strictObject({
        signal: identifier,
        direction: z.enum(['lower', 'higher']),
        settle: durationSchema.optional(),
      }),
    })
    .superRefine(checkFactNames);
}

function knobSchema({ systems }: RuleSurroundings) {
  const system = z.string().superRefine((name, context) => {
    if (!systems.includes(name)) complain(context, [], unknownName('system', name, systems));
  });
  return z
    .strictObject({
      system,
      name: z.string().min(1),
      set: z.number().optional(),
      multiply: z.number().positive().optional(),
      add: z.number().optional(),
      stronger: z.enum(['higher', 'lower']).optional(),
    })
    .superRefine((knob, context) => {
      exactlyOne(knob, ['set', 'multiply', 'add'], context);
      if (knob.stronger !== undefined && knob.set === undefined) {
        complain(
          context,
          ['stronger'],
          'stronger goes with set: multiply and add say the direction themselves',
        );
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
    for (const { path, facts } of comparisonsOf(group)) {
      for (const fact of facts.filter((name) => !known.includes(name))) {
        complain(context, [key, ...path], unknownName('fact', fact, known));
      }
    }
  }
}
