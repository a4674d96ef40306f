import { isNetwork, secretSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { ConfiguredSystem } from '../actions/kind.ts';
import { ACTION_KINDS } from '../actions/kinds/index.ts';
import { positiveDuration } from '../schema/durations.ts';
import { exactlyOne } from '../schema/issues.ts';

/** What a system is, by the key of its kind: each is of one kind. */
const BY_KEY = Object.fromEntries(ACTION_KINDS.map(({ system }) => [system.key, system.schema.optional()]));

const ACCESS = {
  token: secretSchema.optional(),
  ca: secretSchema.optional(),
  timeout: positiveDuration.prefault('5s'),
  networks: z
    .array(z.string().refine(isNetwork, 'expected an address or a network such as 10.0.0.0/8'))
    .optional(),
};

/** A system that rules may act on. Only systems named in the config exist. */
export const systemSchema = z
  .strictObject({ ...BY_KEY, ...ACCESS })
  .superRefine((system, context) => exactlyOne(system, Object.keys(BY_KEY), context))
  .transform((system): ConfiguredSystem => {
    const { token, ca, timeout, networks } = system;
    // One of them is there: that was checked.
    const kind = ACTION_KINDS.find(({ system: { key } }) => settingsOf(system, key) !== undefined)!;
    const settings = settingsOf(system, kind.system.key);
    const names = kind.system.names?.(settings);
    return { kind: kind.name, settings, ...(names !== undefined && { names }), token, ca, timeout, networks };
  });

function settingsOf(system: Readonly<Record<string, unknown>>, key: string): unknown {
  return system[key];
}
