import type { ActionRequest } from './action-request.ts';
import type { BlockCount } from './switchback.ts';
import type { Labels } from './target.ts';

/** `approve`: a person has to say yes first. */
export const MODES = ['off', 'shadow', 'approve', 'auto'] as const;
export type Mode = (typeof MODES)[number];
export type Priority = 1 | 2 | 3;

/** What may be compared with; the names are json-rules-engine's. */
export const OPERATORS = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'in',
  'notIn',
] as const;

export interface Comparison {
  fact: string;
  operator: (typeof OPERATORS)[number];
  value: number | readonly number[] | { fact: string };
}

export type Condition = Comparison | ConditionGroup;
export type ConditionGroup =
  { all: readonly Condition[] } | { any: readonly Condition[] } | { not: Condition };

/** What of a signal is read: its value, or how many scales it is away from its baseline. */
export const READINGS = ['value', 'zscore'] as const;
export type Reading = (typeof READINGS)[number];

/**
 * Where a fact comes from. `source` names the scrape it depends on, where the target's labels do not.
 * PromQL may hold `${target.<label>}` within double quotes; it is then asked once for each target.
 */
export type FactSpec = ({ signal: string; reading?: Reading } | { promql: string }) & { source?: Labels };

/** A time that comes again: from each moment of the cron expression on, for so long. */
export interface TimeWindow {
  start: string;
  lastsMs: number;
}

/** When a rule may act: within `allowed`, if there is any, and outside `maintenance`. */
export interface Schedule {
  timeZone: string;
  allowed: readonly TimeWindow[];
  maintenance: readonly TimeWindow[];
}

/** So many actions in so much time. */
export interface Budget {
  actions: number;
  perMs: number;
}

/** A signal that an action must not push beyond a bound; when it does, the action is reverted. */
export interface Guardrail {
  signal: string;
  above?: number;
  below?: number;
}

/** What the action should do to which signal, how long it takes to show, and for how long it is then watched. */
export interface Expectation {
  signal: string;
  direction: 'lower' | 'higher';
  settleMs: number;
  windowMs: number;
  /** The smallest effect worth having, in the unit of the signal. */
  minimum?: number;
  /** It is switched on and off in so many blocks, each of `settleMs` and `windowMs`. */
  switchback?: BlockCount;
  /** In mode `auto`, the share of firings that is left alone on purpose, for the others to be compared with; none without it. */
  holdOut?: number;
  guardrails: readonly Guardrail[];
}

/** Alerts of the target that nobody need hear of while an action is under way. */
export interface SilenceWish {
  /** The Alertmanager, by its name in the configuration. */
  system: string;
  /** What the alerts have beside the labels of the target. */
  matchers: Labels;
  mostMs: number;
}

/** How a condition has to hold before the rule acts: all the time for `steadyMs`, or in `firing` of the last `of` cycles. */
export type Holding = { steadyMs: number } | { firing: number; of: number };

export interface Rule {
  name: string;
  description: string;
  /** Whom to ask about it. */
  owner?: string;
  /** Free labels, shown with the rule and its episodes. */
  labels: Labels;
  priority: Priority;
  mode: Mode;
  target: { by: readonly string[]; match: Labels };
  facts: Readonly<Record<string, FactSpec>>;
  when: ConditionGroup;
  /** When a firing ends; without it, as soon as `when` is false. */
  clear?: ConditionGroup;
  holding: Holding;
  cooldownMs: number;
  schedule?: Schedule;
  /** Beside the agent's own budget: of the rule, and of the rule on one target. */
  budget: { rule?: Budget; target?: Budget };
  /** Whether it may act while the baseline of a signal that it reads or expects to move is still learning. */
  whenLearning: 'wait' | 'act';
  action: ActionRequest;
  expect: Expectation;
  silence?: SilenceWish;
  /** Changes with the rule's content: the first 12 hex digits of its SHA-256. */
  version: string;
  file: string;
  /** A rule file with this rule alone, as it was written: variables stand in it by their names, never with their values. */
  text: string;
}

/**
 * The parts of a rule that hold numbers, durations, choices and names of facts. What a variable put there may be shown and
 * kept; what one put into a text may be a secret.
 */
export const RULE_TERMS = [
  'mode',
  'priority',
  'when',
  'clear',
  'holding',
  'cooldownMs',
  'schedule',
  'budget',
  'whenLearning',
] as const satisfies readonly (keyof Rule)[];
export type RuleTerms = Pick<Rule, (typeof RULE_TERMS)[number]>;

/** What stands before the name of a rule that was written through the API, where others have their file. */
export const WRITTEN_PREFIX = 'api:';
