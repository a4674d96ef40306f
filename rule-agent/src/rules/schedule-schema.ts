import { z } from 'zod';
import { timeWindowSchema, timeZoneSchema } from '../schema/time-window.ts';

/** When a rule may act. Without a time zone the hours are UTC. */
export const scheduleSchema = z
  .strictObject({
    time_zone: timeZoneSchema.default('UTC'),
    allowed: z.array(timeWindowSchema).default([]),
    maintenance: z.array(timeWindowSchema).default([]),
  })
  .transform(({ time_zone: timeZone, ...windows }) => ({ timeZone, ...windows }));
