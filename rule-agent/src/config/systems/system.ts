import { isNetwork, secretSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { positiveDuration } from '../../schema/durations.ts';
import { exactlyOne } from '../../schema/issues.ts';
import { httpUrl } from '../../schema/urls.ts';
import { httpSystemSchema } from './http.ts';
import { kubernetesSystemSchema } from './kubernetes.ts';
import { notifySystemSchema } from './notify.ts';
import { sqlSystemSchema } from './sql.ts';

const replenishSchema = z
  .strictObject({ url: httpUrl, min: z.number().min(0), max: z.number().positive() })
  .refine(({ min, max }) => min <= max, 'min cannot be more than max');

const atUrl = z.strictObject({ url: httpUrl });

/** What a system is, by its key: each is of one kind. */
const KINDS = {
  knobs: httpUrl.optional(),
  http: httpSystemSchema.extend({ url: httpUrl }).optional(),
  sql: sqlSystemSchema.optional(),
  replenish: replenishSchema.optional(),
  kubernetes: kubernetesSystemSchema.extend({ url: httpUrl }).optional(),
  alertmanager: atUrl.optional(),
  grafana: atUrl.optional(),
  notify: notifySystemSchema.optional(),
};

/** A system that rules may act on. Only systems named in the config exist. */
export const systemSchema = z
  .strictObject({
    ...KINDS,
    token: secretSchema.optional(),
    ca: secretSchema.optional(),
    timeout: positiveDuration.prefault('5s'),
    networks: z
      .array(z.string().refine(isNetwork, 'expected an address or a network such as 10.0.0.0/8'))
      .optional(),
  })
  .superRefine((system, context) => exactlyOne(system, Object.keys(KINDS), context));

export type ConfiguredSystem = z.output<typeof systemSchema>;
