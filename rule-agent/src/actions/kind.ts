import type { Secret } from '@evenkeel/toolkit';
import type { z } from 'zod';
import type { Endpoint } from '../http/endpoint.ts';
import type { ActionRequest, Occasion, Plan } from '../model/action-request.ts';
import type { Target } from '../model/target.ts';
import type { ApplyResult, Inspection, PlanResult } from './action.ts';
import type { Fence } from './change-headers.ts';
import type { SpelledOut } from './spelled-out.ts';

/**
 * A kind of action: what the configuration and a rule say of it, what it does, and how it is shown.
 *
 * All that the agent knows of a kind is here; kinds/README.md says how to add one.
 */
export interface ActionKind<
  Settings = unknown,
  Written = unknown,
  Request extends ActionRequest = ActionRequest,
> {
  /** What it is called in a rule, in the journal and in the API. */
  name: string;
  /** Whether somebody is told, and nothing is moved: sent once a firing, and not in the agent's budget. */
  isMessage: boolean;
  /** Whether what it moves can be moved back and forth and leaves nothing behind, so that a rule may ask for proof by a switchback. */
  isSwitchable?: true;
  system: SystemPart<Settings>;
  action: ActionPart<Written, Request>;
  /**
   * What an action moves, as one name; two actions with the same name must not overlap. Undefined for one that moves
   * nothing.
   */
  resource(request: Request, target: Target): string | undefined;
  /** What the API shows of an action beside its kind, system and name. */
  details: Details<Request>;
  /** Makes what carries the actions out on one system; nothing is connected before it is used. */
  open(system: NamedSystem<Settings>, tools: KindTools): OpenSystem<Request>;
}

/** What `agent.yml` says of a system of the kind: `systems.<name>.<key>`. */
export interface SystemPart<Settings> {
  key: string;
  schema: z.ZodType<Settings>;
  /** What it spells out for rules to name; left out where rules may use any name. */
  names?(settings: Settings): Readonly<Record<string, SpelledOut>>;
}

/** What a rule says of an action of the kind: `action.<kind>`. */
export interface ActionPart<Written, Request> {
  /** Without `system`, which every kind has. */
  schema: z.ZodObject;
  /** The labels of the target that the action reads beside those that the configuration spells out. */
  labels?(written: Written): readonly NeededLabel[];
  /** The action as the agent uses it, with what the configuration spells out under its name. */
  toRequest(written: Written & { system: string }, spelledOut: SpelledOut): Request;
}

export interface NeededLabel {
  label: string;
  /** Where in the action it is needed. */
  path: readonly PropertyKey[];
}

export interface Details<Request> {
  schema: z.ZodObject;
  of(request: Request): object;
}

/** A system as the configuration has it. */
export interface ConfiguredSystem<Settings = unknown> {
  /** The kind of action that it takes. */
  kind: string;
  /** What stands under the key of its kind. */
  settings: Settings;
  /** What it spells out for rules to name. */
  names?: Readonly<Record<string, SpelledOut>>;
  token?: Secret | undefined;
  /** Certificates to trust instead of the machine's. */
  ca?: Secret | undefined;
  /** For one request, in milliseconds. */
  timeout: number;
  networks?: readonly string[] | undefined;
}

export type NamedSystem<Settings> = Omit<ConfiguredSystem<Settings>, 'kind' | 'names'> & { name: string };

export interface KindTools {
  fence: Fence;
  now: () => number;
}

/** A plan as its own kind made it. */
export type PlanOf<Request> = Plan & { request: Request; occasion: Occasion };

/** Carries the actions of one kind out on one system; see Action for what each of the four does. */
export interface OpenSystem<Request = ActionRequest> {
  plan(request: Request, occasion: Occasion): Promise<PlanResult>;
  apply(plan: PlanOf<Request>, idempotencyKey: string): Promise<ApplyResult>;
  verify(plan: PlanOf<Request>): Promise<Inspection>;
  revert(plan: PlanOf<Request>, idempotencyKey: string): Promise<ApplyResult>;
  /** Left out by a kind that can revert all that it does. */
  irreversible?(plan: PlanOf<Request>): string | undefined;
  close(): Promise<void>;
  /** An Alertmanager that can keep alerts quiet while other actions are under way. */
  alertmanager?: Endpoint;
}

/** Details with the form that they have. */
export function detailsOf<Schema extends z.ZodObject, Request>(
  schema: Schema,
  of: (request: Request) => z.input<Schema>,
): Details<Request> {
  return { schema, of };
}
