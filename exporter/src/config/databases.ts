import type { DatabaseSettings } from '../sources/inventory-open.ts';
import type { ExporterConfig } from './schema.ts';

/** The databases of a config; `readConfig` gives their URLs again when a password was changed. */
export function databaseSettings(
  config: ExporterConfig,
  readConfig: () => ExporterConfig,
): DatabaseSettings[] {
  return Object.entries(config.databases).map(([name, database]) => ({
    name,
    url: database.url,
    readUrl: () => readConfig().databases[name]?.url ?? database.url,
    profile: database.profile,
    queries: database.queries,
    timeoutMs: database.timeout,
    countTimeoutMs: database.count_timeout,
    minIntervalMs: database.min_interval,
    maxConnections: database.max_connections,
    statePath: config.state.path,
  }));
}
