import type { Comparison, Condition, Rule } from '../model/rule.ts';
import { requiredFacts } from '../rules/comparisons.ts';
import { compare } from '../rules/pattern.ts';

/** The facts of a rule for one target, point by point. NaN where one is not known. */
export interface PastFacts {
  pointMs: number;
  points: number;
  values: ReadonlyMap<string, Float64Array>;
}

/** A number that stands in for those that some facts are compared with: in `clear` too, so that hysteresis stays one. */
export interface Lowered {
  compared: ReadonlySet<string>;
  bound: (value: number) => number;
}

/** For each point 1 where it holds, else 0. */
export type Mask = Uint8Array;

/** Where a condition holds: a column at a time, since a rule is played over its past many times. */
export function maskOf(condition: Condition, past: PastFacts, lowered?: Lowered): Mask {
  if ('fact' in condition) return maskOfComparison(condition, past, lowered);
  // What must not hold is no bound that could be lowered.
  if ('not' in condition) return maskOf(condition.not, past).map((holds) => 1 - holds);
  if ('all' in condition) {
    return joined(condition.all, { past, lowered }, (mask, at, holds) => (mask[at]! &= holds));
  }
  return joined(condition.any, { past, lowered }, (mask, at, holds) => (mask[at]! |= holds));
}

/** Where all facts are known that a rule needs. */
export function knownMask(rule: Pick<Rule, 'when' | 'clear'>, past: PastFacts): Mask {
  const mask = new Uint8Array(past.points).fill(1);
  for (const name of requiredFacts(rule)) {
    const column = past.values.get(name) ?? NOWHERE;
    for (let at = 0; at < mask.length; at++) if (!Number.isFinite(column[at])) mask[at] = 0;
  }
  return mask;
}

function joined(
  parts: readonly Condition[],
  { past, lowered }: { past: PastFacts; lowered: Lowered | undefined },
  join: (mask: Mask, at: number, holds: number) => void,
): Mask {
  const [first, ...others] = parts.map((part) => maskOf(part, past, lowered));
  // Rules have no empty groups.
  const mask = first ?? new Uint8Array(past.points);
  for (const other of others) for (let at = 0; at < mask.length; at++) join(mask, at, other[at]!);
  return mask;
}

const NOWHERE = new Float64Array(0);

function maskOfComparison(
  { fact, operator, value }: Comparison,
  past: PastFacts,
  lowered: Lowered | undefined,
): Mask {
  const mask = new Uint8Array(past.points);
  const left = past.values.get(fact) ?? NOWHERE;
  if (typeof value === 'number') {
    const right = lowered?.compared.has(fact) === true ? lowered.bound(value) : value;
    for (let at = 0; at < mask.length; at++) mask[at] = Number(compare(operator, left[at]!, right));
  } else if ('fact' in value) {
    const right = past.values.get(value.fact) ?? NOWHERE;
    for (let at = 0; at < mask.length; at++) mask[at] = Number(compare(operator, left[at]!, right[at]!));
  } else {
    const isIn = operator === 'in';
    for (let at = 0; at < mask.length; at++) mask[at] = Number(value.includes(left[at]!) === isIn);
  }
  return mask;
}
