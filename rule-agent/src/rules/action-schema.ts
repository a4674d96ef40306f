import { durationSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { ActionKind, NeededLabel } from '../actions/kind.ts';
import { ACTION_KINDS } from '../actions/kinds/index.ts';
import { alertmanagerSilence } from '../actions/kinds/alertmanager-silence/alertmanager-silence.ts';
import type { ActionRequest } from '../model/action-request.ts';
import { exactlyOne, reportIssue, unknownName } from '../schema/issues.ts';
import { labelName } from '../schema/labels.ts';
import { plainText } from '../schema/templates.ts';
import { offerNamed, type Offers, spelledOutAs } from './offers.ts';

const KINDS = ACTION_KINDS.map(({ name }) => name);

/** Kinds that are not there yet: a rule that names one is told so. */
const PLANNED: Readonly<Record<string, string>> = {
  'retune-forecast':
    'retune-forecast waits for demand planning, which this version does not have; move a setting of your own forecasting with knob, http or sql',
};

/** The action of a rule: one key, the kind. */
export function actionSchema(systems: Offers) {
  const kinds = ACTION_KINDS.map((kind) => [kind.name, schemaOf(kind, systems).optional()]);
  const planned = Object.entries(PLANNED).map(([name, message]) => [name, refusing(message).optional()]);
  return z
    .strictObject(Object.fromEntries([...kinds, ...planned]) as Record<string, z.ZodOptional>)
    .superRefine((action, context) => {
      if (!Object.keys(action).some((name) => name in PLANNED)) exactlyOne(action, KINDS, context);
    });
}

/** An action as it was written, once it has passed the schema. */
export type WrittenAction = z.output<ReturnType<typeof actionSchema>>;

function schemaOf({ name, action }: ActionKind, systems: Offers): z.ZodType {
  return action.schema.safeExtend({ system: systemOf(name, systems) }).superRefine((written, context) => {
    const offer = offerNamed(systems, String(written.system));
    const { name: asked } = written;
    // Without names any name goes: a test of rules need not repeat the configuration.
    if (offer?.kind !== name || offer.names === undefined || typeof asked !== 'string') return;
    if (Object.hasOwn(offer.names, asked)) return;
    const known = Object.keys(offer.names);
    reportIssue(context, ['name'], unknownName(`name in system ${String(written.system)}:`, asked, known));
  });
}

function systemOf(kind: string, systems: Offers) {
  const ofKind = Object.keys(systems).filter((name) => systems[name]!.kind === kind);
  return z.string().superRefine((name, context) => {
    const system = offerNamed(systems, name);
    if (system === undefined) reportIssue(context, [], unknownName('system', name, ofKind));
    else if (system.kind !== kind) {
      reportIssue(context, [], `system ${name} takes the action ${system.kind}, not ${kind}`);
    }
  });
}

function refusing(message: string): z.ZodType {
  return z.unknown().superRefine((_given, context) => reportIssue(context, [], message));
}

/** An action as the agent uses it. */
export function toActionRequest(written: WrittenAction, systems: Offers): ActionRequest {
  const { kind, said } = readAction(written)!;
  return kind.action.toRequest(said, spelledOutAs(systems, said.system, said.name));
}

/** The labels of the target that an action needs, each with where in the action it is needed. */
export function labelsOfAction(written: WrittenAction, systems: Offers): NeededLabel[] {
  const action = readAction(written);
  if (action === undefined) return [];
  const { kind, said } = action;
  const { labels } = spelledOutAs(systems, said.system, said.name);
  return [...labels.map((label) => ({ label, path: ['name'] })), ...(kind.action.labels?.(said) ?? [])].map(
    ({ label, path }) => ({ label, path: [kind.name, ...path] }),
  );
}

/** Whether the action can be switched on and off for a proof. */
export function isSwitchable(written: WrittenAction): boolean {
  // One that is of no kind is a mistake of its own.
  return readAction(written)?.kind.isSwitchable ?? readAction(written) === undefined;
}

const SWITCHABLE = ACTION_KINDS.filter((kind) => kind.isSwitchable === true).map(({ name }) => name);

/** What is wrong with a proof of any other action. */
export const NOT_SWITCHABLE = `a switchback needs an action that can be moved back and forth: ${SWITCHABLE.join(' or ')}`;

/** Whether an action is a message. */
export function tellsSomebody(written: WrittenAction): boolean {
  return readAction(written)?.kind.isMessage === true;
}

interface Said {
  system: string;
  name?: unknown;
}

function readAction(written: WrittenAction): { kind: ActionKind; said: Said } | undefined {
  const kind = ACTION_KINDS.find(({ name }) => written[name] !== undefined);
  return kind && { kind, said: written[kind.name] as Said };
}

const LONGEST_SILENCE_MS = 4 * 3_600_000;

/** Which alerts of the target are silenced while the action is under way. */
export function silenceWishSchema(systems: Offers) {
  return z.strictObject({
    system: systemOf(alertmanagerSilence.name, systems),
    matchers: z.record(labelName, plainText).optional(),
    at_most: durationSchema
      .refine((ms) => ms > 0 && ms <= LONGEST_SILENCE_MS, 'must be longer than 0s and 4h at most')
      .prefault('1h'),
  });
}
