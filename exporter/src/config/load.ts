import { type Environment, EvenkeelError, loadConfig } from '@evenkeel/toolkit';
import { configSchema, type ExporterConfig, SECRET_KEYS } from './schema.ts';

/**
 * Reads the config file; without one everything has its default, and only the host is measured.
 *
 * @throws EvenkeelError CONFIG_INVALID whose message is all diagnostics, CONFIG_UNREADABLE
 */
export function readConfig(file: string | undefined, env: Environment): ExporterConfig {
  if (file === undefined) return configSchema.parse({});
  const loaded = loadConfig({ file, schema: configSchema, secretKeys: SECRET_KEYS, env });
  if (loaded.ok) return loaded.config;
  const count = loaded.diagnostics.length;
  throw new EvenkeelError(
    'CONFIG_INVALID',
    `${loaded.text.trimEnd()}\n${count} problem${count === 1 ? '' : 's'} in ${file}`,
  );
}
