import { dirname, resolve } from 'node:path';
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
  if (loaded.ok) return seenFrom(dirname(file), loaded.config);
  const count = loaded.diagnostics.length;
  throw new EvenkeelError(
    'CONFIG_INVALID',
    `${loaded.text.trimEnd()}\n${count} problem${count === 1 ? '' : 's'} in ${file}`,
  );
}

/** Paths in a config are seen from its file, wherever the exporter was started. */
function seenFrom(directory: string, config: ExporterConfig): ExporterConfig {
  const { databases, state, access_logs: accessLogs } = config;
  return {
    ...config,
    databases: Object.fromEntries(
      Object.entries(databases).map(([name, database]) => [
        name,
        {
          ...database,
          queries: database.queries.map((path) => resolve(directory, path)),
          ...(database.profile !== undefined && { profile: profilePath(directory, database.profile) }),
        },
      ]),
    ),
    access_logs: accessLogs.map((log) => ({ ...log, path: resolve(directory, log.path) })),
    state: state.path === undefined ? state : { path: resolve(directory, state.path) },
  };
}

function profilePath(directory: string, profile: string): string {
  return /\.ya?ml$/.test(profile) ? resolve(directory, profile) : profile;
}
