import { z } from 'zod';
import { timeWindowsSchema, timeZoneSchema } from '../schema/time-window.ts';

/** When a rule may act. Without a time zone the hours are UTC. */
export const scheduleSchema = z
  .strictObject({
    time_zone: timeZoneSchema.default('UTC'),
    allowed: timeWindowsSchema.default([]),
    maintenance: timeWindowsSchema.default([]),
  })
  .transform(({ time_zone: timeZone, ...windows }) => ({ timeZone, ...windows }));
