import { shorten } from '@evenkeel/toolkit';

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

/** Of what Prometheus says: a query that it repeats may be long, and it goes into answers, the log and the journal. */
const MOST_CHARACTERS = 300;

export function failure(fault: Fault, because: string): Failure {
  return { ok: false, fault, because: shorten(because, MOST_CHARACTERS) };
}

export const NONSENSE = failure('nonsense', 'the answer is not what Prometheus answers');
