import { dirname, resolve } from 'node:path';
import { type Environment, loadConfig, type LoadResult, toJsonSchema } from '@evenkeel/toolkit';
import { type AgentConfig, agentConfigSchema } from './schema.ts';

/**
 * Reads `agent.yml`; its paths come back absolute.
 *
 * @throws EvenkeelError CONFIG_UNREADABLE
 */
export function loadAgentConfig(file: string, env?: Environment): LoadResult<AgentConfig> {
  const source = { file, schema: agentConfigSchema, secretKeys: ['token', 'url', 'ca', 'routing_key'] };
  const loaded = loadConfig(env === undefined ? source : { ...source, env });
  if (!loaded.ok) return loaded;
  const directory = dirname(resolve(file));
  const { journal, kill_switch_file: killSwitchFile } = loaded.config;
  const config: AgentConfig = { ...loaded.config };
  if (journal.path !== undefined) config.journal = { ...journal, path: resolve(directory, journal.path) };
  if (killSwitchFile !== undefined) config.kill_switch_file = resolve(directory, killSwitchFile);
  return { ...loaded, config };
}

/** The JSON Schema of `agent.yml`, for completion in an editor. */
export function agentConfigJsonSchema() {
  return toJsonSchema(agentConfigSchema);
}

/** What a configuration says that says nothing but what it must. */
export function defaultAgentConfig(): AgentConfig {
  return agentConfigSchema.parse({
    prometheus: { url: 'http://127.0.0.1:9090' },
    rules: ['rules.yml'],
    journal: { path: 'journal.db' },
  });
}
