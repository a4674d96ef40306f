import type { Target } from './target.ts';

/** What a rule asks of a system. What else it holds is known to its kind alone. */
export interface ActionRequest {
  /** The name of a kind in actions/kinds. */
  kind: string;
  /** The system, and what of it the action is about, by their names in the configuration. */
  system: string;
  name: string;
  [detail: string]: unknown;
}

/** In which episode, of which rule, for which target an action is asked for. */
export interface Occasion {
  episode: string;
  rule: string;
  target: Target;
  /** Epoch milliseconds. */
  firingStart: number;
}

/** What a target system holds before and after; null where it cannot be read or is not there. */
export type PlanValue = number | string | boolean | null;

/** What an action is about to do: the diff of a dry run, and all that is needed to check it and to revert it. */
export interface Plan {
  system: string;
  name: string;
  from: PlanValue;
  to: PlanValue;
  /** The target's own version of the value `from`, for compare-and-set; empty where it has none. */
  version: string;
  /** This and what follows is absent in journals from before there were other kinds than knobs. */
  kind?: string;
  request?: ActionRequest;
  occasion?: Occasion;
}
