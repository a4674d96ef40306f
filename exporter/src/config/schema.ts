import { PROFILE_NAMES } from '@evenkeel/inventory';
import { databaseUrlSchema, durationSchema, secretSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { COLLECTOR_NAMES } from '../model/collector-names.ts';
import { accessLogSchema } from './access-logs.ts';
import { refuseSameNames } from './same-names.ts';
import { patternSchema } from './pattern.ts';
import { probeEndpointSchema, probeTargetSchema } from './probes.ts';

/** Keys that may be given as `<key>_file` instead. */
export const SECRET_KEYS = ['url', 'password', 'reload_token'] as const;

const hostSchema = z
  .strictObject({
    procfs: z.string().default('/proc'),
    rootfs: z.string().default('/'),
    cgroup: z
      .strictObject({
        /** Where cgroup v2 is mounted; what the mount table says where it is left out. */
        root: z.string().optional(),
      })
      .prefault({}),
    cpu: z.strictObject({ per_core: z.boolean().default(false) }).prefault({}),
    /** How often systeminformation is asked on systems other than Linux. */
    poll_interval: durationSchema.refine((ms) => ms >= 1_000, 'must be 1s at least').default(30_000),
    filesystem: z
      .strictObject({
        exclude_types: z.array(z.string()).optional(),
        exclude_mountpoints: patternSchema.optional(),
      })
      .prefault({}),
    disk: z.strictObject({ exclude_devices: patternSchema.optional() }).prefault({}),
    network: z.strictObject({ exclude_interfaces: patternSchema.optional() }).prefault({}),
  })
  .prefault({});

const databaseSchema = z
  .strictObject({
    url: databaseUrlSchema(['postgres', 'postgresql', 'mysql', 'mariadb']),
    /** The name of a profile that comes with Evenkeel, or the path of one of yours. */
    profile: z
      .string()
      .refine(isProfile, `expected ${PROFILE_NAMES.join(', ')}, or a file that ends in .yml`)
      .optional(),
    /** Files with metrics of your own, in the form of a profile. */
    queries: z.array(z.string().min(1)).default([]),
    timeout: durationSchema.default(5_000),
    /** For counting events from scratch. */
    count_timeout: durationSchema.default(600_000),
    /** The profile's own where it is left out. */
    min_interval: durationSchema.optional(),
    max_connections: z.int().min(1).default(2),
  })
  .refine(({ profile, queries }) => profile !== undefined || queries.length > 0, 'give a profile or queries');

export const configSchema = z.strictObject({
  web: z
    .strictObject({
      listen: z
        .array(z.string().regex(/:\d{1,5}$/, 'expected host:port'))
        .min(1)
        .default(['127.0.0.1:9850']),
      reload_token: secretSchema.optional(),
    })
    .prefault({}),
  scrape: z
    .strictObject({
      timeout: durationSchema.default(9_500),
      timeout_offset: durationSchema.default(500),
      max_series_per_family: z.int().min(1).default(10_000),
    })
    .prefault({}),
  collectors: z.partialRecord(z.enum(COLLECTOR_NAMES), z.boolean()).default({}),
  host: hostSchema,
  databases: z.record(z.string().min(1), databaseSchema).default({}),
  state: z
    .strictObject({
      /** Directory where counts are kept over a restart. */
      path: z.string().min(1).optional(),
    })
    .prefault({}),
  probe: probeEndpointSchema,
  probes: z.array(probeTargetSchema).default([]).superRefine(refuseSameNames('probe')),
  access_logs: z.array(accessLogSchema).default([]).superRefine(refuseSameNames('access log')),
});

export type ExporterConfig = z.output<typeof configSchema>;

function isProfile(name: string): boolean {
  return (PROFILE_NAMES as readonly string[]).includes(name) || /\.ya?ml$/.test(name);
}
