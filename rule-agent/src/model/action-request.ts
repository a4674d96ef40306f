import type { Labels, Target } from './target.ts';

/** Every kind of action, in the order in which docs/agent/actions.md has them. */
export const ACTION_KINDS = [
  'knob',
  'http',
  'sql',
  'replenish',
  'kubernetes-scale',
  'alertmanager-silence',
  'grafana-annotation',
  'notify',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** Kinds that change nothing of what is measured: somebody is told, or not told for a while. */
const MESSAGE_KINDS: readonly ActionKind[] = ['alertmanager-silence', 'grafana-annotation', 'notify'];

/** Whether a request is a message: messages are sent once a firing, and are not in the agent's budget. */
export function isMessage({ kind }: Pick<ActionRequest, 'kind'>): boolean {
  return MESSAGE_KINDS.includes(kind);
}

/** How a number is to be moved: to a value, or from where it stands. */
export type Change = { set: number } | { multiply: number } | { add: number };

/** What of which system of the configuration an action is about. */
interface Aimed {
  system: string;
  name: string;
}

interface Moving extends Aimed {
  change: Change;
  /** The side on which a value is at least as strong as `set`, so that it is left alone. */
  stronger?: 'higher' | 'lower';
}

/** Something that the configuration spells out. */
interface Named extends Aimed {
  /** The labels of the target that its templates read: with other values it is about something else. */
  labels: readonly string[];
}

export interface KnobRequest extends Moving {
  kind: 'knob';
}

export interface HttpActionRequest extends Named {
  kind: 'http';
}

export interface SqlRequest extends Named {
  kind: 'sql';
}

export interface ReplenishRequest extends Moving {
  kind: 'replenish';
}

export interface ScaleRequest extends Moving {
  kind: 'kubernetes-scale';
}

/** Text in the following may hold `${target.label}`, `${episode}` and `${rule}`. */
export interface SilenceRequest extends Aimed {
  kind: 'alertmanager-silence';
  matchers: Labels;
  durationMs: number;
}

export interface AnnotationRequest extends Aimed {
  kind: 'grafana-annotation';
  text: string;
  tags: readonly string[];
}

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;

export interface NotifyRequest extends Aimed {
  kind: 'notify';
  text: string;
  severity: (typeof SEVERITIES)[number];
}

export type ActionRequest =
  | KnobRequest
  | HttpActionRequest
  | SqlRequest
  | ReplenishRequest
  | ScaleRequest
  | SilenceRequest
  | AnnotationRequest
  | NotifyRequest;

/** In which episode, of which rule, for which target an action is asked for. */
export interface Occasion {
  episode: string;
  rule: string;
  target: Target;
  /** Epoch milliseconds. */
  firingStart: number;
}

/** What stands at a place of a target system before and after; null where it cannot be read or is not there. */
export type PlanValue = number | string | boolean | null;

/** What an action is about to do: the diff of a dry run, and all that is needed to check it and to take it back. */
export interface Plan {
  system: string;
  name: string;
  from: PlanValue;
  to: PlanValue;
  /** The target's own version of the value `from`, for compare-and-set; empty where it has none. */
  version: string;
  /** This and what follows is absent in journals from before there were other kinds than knobs. */
  kind?: ActionKind;
  request?: ActionRequest;
  occasion?: Occasion;
}
