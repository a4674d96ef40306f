import type { Labels } from './target.ts';

export const MODES = ['off', 'shadow', 'auto'] as const;
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

/** Where a fact comes from. `source` names the scrape it depends on, where the target's labels do not. */
export type FactSpec = ({ signal: string } | { promql: string }) & { source?: Labels };

/** How a knob is to be moved: to a value, or from where it stands. */
export interface KnobRequest {
  kind: 'knob';
  system: string;
  name: string;
  change: { set: number } | { multiply: number } | { add: number };
  /** The side on which a value is at least as strong as `set`, so that it is left alone. */
  stronger?: 'higher' | 'lower';
}

export type ActionRequest = KnobRequest;

/** What the action should do to which signal, and how long it takes to show. */
export interface Expectation {
  signal: string;
  direction: 'lower' | 'higher';
  settleMs: number;
}

export interface Rule {
  name: string;
  description: string;
  priority: Priority;
  mode: Mode;
  target: { by: readonly string[]; match: Labels };
  facts: Readonly<Record<string, FactSpec>>;
  when: ConditionGroup;
  /** When a firing ends; without it, as soon as `when` is false. */
  clear?: ConditionGroup;
  forMs: number;
  cooldownMs: number;
  action: ActionRequest;
  expect: Expectation;
  /** Changes with the rule's content: the first 12 hex digits of its SHA-256. */
  version: string;
  file: string;
}
