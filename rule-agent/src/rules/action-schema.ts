import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { exactlyOne, reportIssue, unknownName } from '../schema/issues.ts';
import { labelName } from '../schema/labels.ts';
import { labelsOffered, offerNamed, type Offers } from '../config/index.ts';
import { ACTION_KINDS, type ActionKind, SEVERITIES } from '../model/action-request.ts';
import { hasPlaceholder, labelsIn, readsFrom, templateMistake } from '../model/template.ts';

const WAITING =
  'retune-forecast waits for demand planning, which this version does not have; move a setting of your own forecasting with knob, http or sql';

const text = z
  .string()
  .min(1)
  .superRefine((template, context) => {
    const mistake = readsFrom(template) ? '${from} has no value here' : templateMistake(template);
    if (mistake !== undefined) reportIssue(context, [], mistake);
  });
const plain = z
  .string()
  .min(1)
  .refine((given) => !hasPlaceholder(given), 'placeholders cannot stand here');

const change = {
  set: z.number().optional(),
  multiply: z.number().positive().optional(),
  add: z.number().optional(),
  stronger: z.enum(['higher', 'lower']).optional(),
};
export type WrittenChange = z.output<z.ZodObject<typeof change>>;

/** The action of a rule: one key, the kind. */
export function actionSchema(systems: Offers) {
  const { systemOf, offered } = referencesTo(systems);
  return z
    .strictObject({
      knob: z
        .strictObject({ system: systemOf('knob'), name: plain, ...change })
        .superRefine(checkChange)
        .optional(),
      http: offered('http', z.strictObject({ system: systemOf('http'), name: plain })).optional(),
      sql: offered('sql', z.strictObject({ system: systemOf('sql'), name: plain })).optional(),
      replenish: z
        .strictObject({ system: systemOf('replenish'), ...change })
        .superRefine(checkChange)
        .optional(),
      'kubernetes-scale': offered(
        'kubernetes-scale',
        z
          .strictObject({ system: systemOf('kubernetes-scale'), name: plain, ...change })
          .superRefine(checkChange),
      ).optional(),
      'alertmanager-silence': z
        .strictObject({
          system: systemOf('alertmanager-silence'),
          matchers: z
            .record(labelName, text)
            .refine((given) => Object.keys(given).length > 0, 'without matchers it would silence everything'),
          for: durationSchema.refine((ms) => ms > 0, 'must be longer than 0s'),
        })
        .optional(),
      'grafana-annotation': z
        .strictObject({ system: systemOf('grafana-annotation'), text, tags: z.array(plain).default([]) })
        .optional(),
      notify: z
        .strictObject({
          system: systemOf('notify'),
          text,
          severity: z.enum(SEVERITIES).default('warning'),
        })
        .optional(),
      'retune-forecast': z
        .unknown()
        .superRefine((_given, context) => reportIssue(context, [], WAITING))
        .optional(),
    })
    .superRefine((action, context) => {
      if (!('retune-forecast' in action)) exactlyOne(action, ACTION_KINDS, context);
    });
}

const LONGEST_SILENCE_MS = 4 * 3_600_000;

/** Which alerts of the target are silenced while the action is under way. */
export function silenceWishSchema(systems: Offers) {
  return z.strictObject({
    system: referencesTo(systems).systemOf('alertmanager-silence'),
    matchers: z.record(labelName, plain).optional(),
    at_most: durationSchema
      .refine((ms) => ms > 0 && ms <= LONGEST_SILENCE_MS, 'must be longer than 0s and 4h at most')
      .prefault('1h'),
  });
}

export type WrittenAction = z.output<ReturnType<typeof actionSchema>>;

function referencesTo(systems: Offers) {
  const named = (kind: ActionKind) => Object.keys(systems).filter((name) => systems[name]!.kind === kind);
  const systemOf = (kind: ActionKind) =>
    z.string().superRefine((name, context) => {
      const system = offerNamed(systems, name);
      if (system === undefined) reportIssue(context, [], unknownName('system', name, named(kind)));
      else if (system.kind !== kind) {
        reportIssue(context, [], `system ${name} takes the action ${system.kind}, not ${kind}`);
      }
    });
  const offered = <Schema extends z.ZodType<{ system: string; name: string }>>(
    kind: ActionKind,
    schema: Schema,
  ) =>
    schema.superRefine(({ system, name }, context) => {
      const offer = offerNamed(systems, system);
      // Without names any name goes: a test of rules need not repeat the configuration.
      if (offer?.kind !== kind || offer.names === undefined || Object.hasOwn(offer.names, name)) return;
      const known = Object.keys(offer.names);
      reportIssue(context, ['name'], unknownName(`name in system ${system}:`, name, known));
    });
  return { systemOf, offered };
}

function checkChange(given: WrittenChange, context: z.RefinementCtx): void {
  exactlyOne(given, ['set', 'multiply', 'add'], context);
  if (given.stronger !== undefined && given.set === undefined) {
    reportIssue(
      context,
      ['stronger'],
      'stronger goes with set: multiply and add say the direction themselves',
    );
  }
}

/** The labels of the target that an action needs, each with where in the action it is needed. */
export function labelsOfAction(
  action: WrittenAction,
  systems: Offers,
): { label: string; path: PropertyKey[] }[] {
  const { http, sql, notify } = action;
  const silence = action['alertmanager-silence'];
  const annotation = action['grafana-annotation'];
  const at = (path: PropertyKey[], labels: readonly string[] = []) =>
    labels.map((label) => ({ label, path }));
  return [
    ...at(['http', 'name'], http && labelsOffered(systems, http)),
    ...at(['sql', 'name'], sql && labelsOffered(systems, sql)),
    ...at(['notify', 'text'], notify && labelsIn(notify.text)),
    ...at(['grafana-annotation', 'text'], annotation && labelsIn(annotation.text)),
    ...Object.entries(silence?.matchers ?? {}).flatMap(([name, value]) =>
      at(['alertmanager-silence', 'matchers', name], labelsIn(value)),
    ),
  ];
}
