import type { ActionRequest, Occasion, Plan } from '../model/action-request.ts';

/** What an action would do now, found out by reading only. */
export type PlanResult =
  | { kind: 'change'; plan: Plan }
  /** The target stands at the wanted value or beyond. */
  | { kind: 'nothing_to_do'; because: string; plan: Plan }
  | { kind: 'impossible'; because: string };

export type ApplyResult =
  | { kind: 'applied' }
  /** Somebody changed the target since the plan was made. Nothing was done; a new plan may be made. */
  | { kind: 'outdated' }
  /** The target said no. Nothing was done. */
  | { kind: 'refused'; because: string }
  /** No clear answer: it may have been done. Only `verify` can tell. */
  | { kind: 'unclear'; because: string };

/**
 * How the target stands compared with a plan. `gone`: its system is no longer in the configuration. `unknowable`: it is of a kind
 * that cannot be asked, now or later.
 */
export type Inspection = 'applied' | 'not_applied' | 'neither' | 'unreachable' | 'gone' | 'unknowable';

/** One kind of enhancement. Nothing here decides; nothing here retries what may not be repeated. */
export interface Action {
  plan(request: ActionRequest, occasion: Occasion): Promise<PlanResult>;
  /** The target must not apply the same key twice; the plan's version guards against changes in between. */
  apply(plan: Plan, idempotencyKey: string): Promise<ApplyResult>;
  verify(plan: Plan): Promise<Inspection>;
  /**
   * Puts the value from before back, if the target still stands where the plan left it; `outdated` when somebody has
   * changed it since. It may be asked again under the same key until the answer is clear.
   */
  revert(plan: Plan, idempotencyKey: string): Promise<ApplyResult>;
  /** Why a plan cannot be reverted, as far as that is known without asking the target; undefined when it may be tried. */
  irreversible?(plan: Plan): string | undefined;
}
