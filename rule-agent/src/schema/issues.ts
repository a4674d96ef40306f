import { suggest } from '@evenkeel/toolkit';
import type { z } from 'zod';

/** Nobody reads more of one value; a rule of ten thousand wrong names would only cost time. */
const MOST_ISSUES = 50;

/** Reports a mistake at a path below the checked value. */
export function reportIssue(context: z.RefinementCtx, path: readonly PropertyKey[], message: string): void {
  if (context.issues.length >= MOST_ISSUES) return;
  context.addIssue({ code: 'custom', path: [...path], message });
}

/** The same for a mistake after which the value cannot be used: no later check sees it. */
export function reportFatalIssue(
  context: z.RefinementCtx,
  path: readonly PropertyKey[],
  message: string,
): void {
  context.addIssue({ code: 'custom', path: [...path], message, continue: false });
}

/** Reports when none, or more than one, of the keys is there. */
export function exactlyOne(value: object, keys: readonly string[], context: z.RefinementCtx): void {
  const given = keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined);
  if (given.length === 1) return;
  const [, second] = given;
  if (second === undefined) reportFatalIssue(context, [], `expected one of ${keys.join(', ')}`);
  else reportFatalIssue(context, [second], `${given.join(' and ')} cannot stand together: keep one of them`);
}

/** How many of the names that exist are told. */
const MOST_NAMES = 20;

/** The sentence for a name that does not exist. */
export function unknownName(what: string, given: string, known: readonly string[]): string {
  const near = suggest(given, known);
  const hint = near === undefined ? `known here: ${listNames(known)}` : `did you mean ${near}?`;
  return `unknown ${what} ${given}; ${hint}`;
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}
