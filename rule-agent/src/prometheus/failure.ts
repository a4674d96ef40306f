/** What is wrong with an answer. `query`: with what was asked; all others are of who answers. */
export const FAULTS = [
  'down',
  'timeout',
  'server_error',
  'no_access',
  'nonsense',
  'partial',
  'query',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Why there is no answer that can be used. */
export interface Failure {
  ok: false;
  fault: Fault;
  because: string;
}

export function failure(fault: Fault, because: string): Failure {
  return { ok: false, fault, because };
}

export const NONSENSE = failure('nonsense', 'the answer is not what Prometheus answers');
