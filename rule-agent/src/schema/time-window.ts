import { durationSchema, messageOf } from '@evenkeel/toolkit';
import { Cron } from 'croner';
import { z } from 'zod';
import { LONGEST_WINDOW_MS } from '../model/limits.ts';
import type { TimeWindow } from '../model/rule.ts';

/** A time that comes again: `{ start: "0 8 * * mon-fri", lasts: 10h }`. */
export const timeWindowSchema = z
  .strictObject({
    start: z.string().superRefine(checkCron),
    lasts: durationSchema.refine(
      (ms) => ms > 0 && ms <= LONGEST_WINDOW_MS,
      'must be longer than 0s and 7d at most',
    ),
  })
  .transform(({ start, lasts }): TimeWindow => ({ start, lastsMs: lasts }));

export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, 'expected a time zone such as Europe/London or UTC');

function checkCron(start: string, context: z.RefinementCtx): void {
  try {
    // Five fields: a window that opens every second is a mistake.
    const next = new Cron(start, { mode: '5-part' }).nextRun();
    if (next === null) context.addIssue({ code: 'custom', message: 'this time never comes' });
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `expected a cron expression such as "0 8 * * mon-fri": ${messageOf(error)}`,
    });
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
