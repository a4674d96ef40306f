import { z } from 'zod';
import { exactlyOne, reportIssue } from '../../schema/issues.ts';
import { detailsOf } from '../kind.ts';

/** How a number is to be moved: to a value, or from where it stands. */
export interface NumberChange {
  change: { set: number } | { multiply: number } | { add: number };
  /** The side on which a value is at least as strong as `set`, so that it is left alone. */
  stronger?: 'higher' | 'lower';
}

const stronger = z.enum(['higher', 'lower']).optional();

/** What a rule says of it. */
export const numberChangeFields = {
  set: z.number().optional(),
  multiply: z.number().positive().optional(),
  add: z.number().optional(),
  stronger,
};

export type WrittenNumberChange = z.output<z.ZodObject<typeof numberChangeFields>>;

export function checkNumberChange(given: WrittenNumberChange, context: z.RefinementCtx): void {
  exactlyOne(given, ['set', 'multiply', 'add'], context);
  if (given.stronger !== undefined && given.set === undefined) {
    reportIssue(
      context,
      ['stronger'],
      'stronger goes with set: multiply and add say the direction themselves',
    );
  }
}

/** From what a rule says, once it has been checked. */
export function toNumberChange({ set, multiply, add, stronger: side }: WrittenNumberChange): NumberChange {
  if (multiply !== undefined) return { change: { multiply } };
  if (add !== undefined) return { change: { add } };
  return { change: { set: set! }, ...(side !== undefined && { stronger: side }) };
}

/** What the API shows of it. */
export const numberChangeDetails = detailsOf(
  z.object({
    set: z.number().optional(),
    multiply: z.number().optional(),
    add: z.number().optional(),
    stronger,
  }),
  ({ change, stronger: side }: NumberChange) => ({
    ...change,
    ...(side !== undefined && { stronger: side }),
  }),
);
