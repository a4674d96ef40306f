import type { ProbeAnswer } from '../sources/http-probe.ts';

/** What an answer must be to count as success. */
export interface ProbeExpectation {
  /** Any 2xx where it is left out. */
  statuses?: readonly number[];
  /** What the body must match. */
  bodyMatches?: RegExp;
  /** What the body must not match. */
  bodyLacks?: RegExp;
}

export interface ProbeVerdict {
  isSuccess: boolean;
  /** Whether it was the body that did not fit. */
  isBodyWrong: boolean;
}

/** Judges an answer: it must be whole, have an expected status, and a body that fits. */
export function judgeProbe(
  { status, failure, body }: ProbeAnswer,
  { statuses, bodyMatches, bodyLacks }: ProbeExpectation,
): ProbeVerdict {
  if (failure !== undefined || status === undefined) return { isSuccess: false, isBodyWrong: false };
  const isStatusRight = statuses === undefined ? status >= 200 && status < 300 : statuses.includes(status);
  const isBodyWrong = bodyMatches?.test(body) === false || bodyLacks?.test(body) === true;
  return { isSuccess: isStatusRight && !isBodyWrong, isBodyWrong };
}
