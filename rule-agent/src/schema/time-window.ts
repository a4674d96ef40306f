import { durationSchema, messageOf } from '@evenkeel/toolkit';
import { Cron } from 'croner';
import { z } from 'zod';
import { LONGEST_WINDOW_MS, MOST_WINDOWS } from '../model/limits.ts';
import type { TimeWindow } from '../model/rule.ts';

/** A time that comes again: `{ start: "0 8 * * mon-fri", lasts: 10h }`. */
const timeWindowSchema = z
  .strictObject({
    start: z.string().superRefine(checkCron),
    lasts: durationSchema.refine(
      (ms) => ms > 0 && ms <= LONGEST_WINDOW_MS,
      'must be longer than 0s and 7d at most',
    ),
  })
  .transform(({ start, lasts }): TimeWindow => ({ start, lastsMs: lasts }));

/** The times at which something may, or may not, happen. */
export const timeWindowsSchema = z
  .array(timeWindowSchema)
  .max(MOST_WINDOWS, `more than ${MOST_WINDOWS} windows`);

export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, 'expected a time zone such as Europe/London or UTC');

/** Room for every minute of an hour, one by one. */
const LONGEST_CRON = 200;
const LONGEST_TIME_ZONE = 64;

function checkCron(start: string, context: z.RefinementCtx): void {
  if (start.length > LONGEST_CRON) {
    context.addIssue({ code: 'custom', message: `longer than ${LONGEST_CRON} characters` });
    return;
  }
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
  if (name.length > LONGEST_TIME_ZONE) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
