import type { ActionRequest, Occasion, Plan } from '../../model/action-request.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';

/** A plan as its own kind made it. */
export type PlanOf<Request extends ActionRequest> = Plan & { request: Request; occasion: Occasion };

/** An action of one kind; see Action for what each of its four does. */
export interface Kind<Request extends ActionRequest> {
  plan(request: Request, occasion: Occasion): Promise<PlanResult>;
  apply(plan: PlanOf<Request>, idempotencyKey: string): Promise<ApplyResult>;
  verify(plan: PlanOf<Request>): Promise<Inspection>;
  revert(plan: PlanOf<Request>, idempotencyKey: string): Promise<ApplyResult>;
}

/** Gives the token of the leader, where there are several agents. */
export type Fence = () => number | undefined;

/** What changing requests carry: the same change twice is told apart by the key, two agents by the token. */
export function identifying(idempotencyKey: string, fence: Fence): Record<string, string> {
  const token = fence();
  return {
    'idempotency-key': idempotencyKey,
    ...(token !== undefined && { 'fencing-token': String(token) }),
  };
}
