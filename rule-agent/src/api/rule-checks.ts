import { EvenkeelError, HttpProblem } from '@evenkeel/toolkit';
import type { LoadedRules } from '../rules/index.ts';
import type { ApiContext } from './context.ts';

/** Reads rules that somebody sent; rejects with a problem where that is not to be had. */
export type CheckRules = (given: { file: string; text: string; caller: string }) => Promise<LoadedRules>;

/** Who has so many texts under way has to wait: the others have a turn, too. */
const MOST_OF_ONE = 2;

export function createRuleChecks({ readRules }: Pick<ApiContext, 'readRules'>): CheckRules {
  const underWay = new Map<string, number>();
  const count = (caller: string, by: number) => {
    const now = (underWay.get(caller) ?? 0) + by;
    if (now === 0) underWay.delete(caller);
    else underWay.set(caller, now);
    return now;
  };
  return async ({ caller, ...given }) => {
    try {
      if (count(caller, 1) > MOST_OF_ONE) throw tooManyOf(caller);
      return await readRules(given);
    } catch (error) {
      throw asProblem(error);
    } finally {
      count(caller, -1);
    }
  };
}

function tooManyOf(caller: string): HttpProblem {
  return new HttpProblem({
    status: 429,
    title: 'Too many at a time',
    code: 'RULES_CHECK_BUSY',
    detail: `${caller} has ${MOST_OF_ONE} rule files under way; send the next one when they are answered`,
  });
}

function asProblem(error: unknown): unknown {
  if (!(error instanceof EvenkeelError)) return error;
  const { code, message, hint = '' } = error;
  const detail = `${message}; ${hint}`;
  if (code === 'RULES_CHECK_BUSY') return new HttpProblem({ status: 503, title: 'Busy', code, detail });
  if (code === 'RULES_TOO_COSTLY')
    return new HttpProblem({ status: 422, title: 'Rule not valid', code, detail });
  return error;
}
