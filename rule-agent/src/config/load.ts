import { dirname, resolve } from 'node:path';
import {
  type DescribedVariable,
  describeVariables,
  type Environment,
  loadConfig,
  type LoadResult,
  secretKeysOf,
  toJsonSchema,
} from '@evenkeel/toolkit';
import { type AgentConfig, agentConfigSchema } from './schema.ts';

const SECRET_KEYS = secretKeysOf(agentConfigSchema);

/** What the variables begin with that set keys of the configuration. */
export const VARIABLE_PREFIX = 'EVENKEEL_AGENT';

/**
 * Reads `agent.yml`, and the variables of the environment that go before it; its paths come back absolute.
 *
 * @param others variables with the same prefix that are read elsewhere
 * @throws EvenkeelError CONFIG_UNREADABLE
 */
export function loadAgentConfig(
  file: string,
  env: Environment,
  others: readonly string[] = [],
): LoadResult<AgentConfig> {
  const mirror = { prefix: VARIABLE_PREFIX, others };
  const loaded = loadConfig({ file, schema: agentConfigSchema, secretKeys: SECRET_KEYS, env, mirror });
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

/** Every key of `agent.yml` that holds a value, with the variable that sets it. */
export function agentVariables(): DescribedVariable[] {
  return describeVariables(agentConfigSchema, VARIABLE_PREFIX);
}

/** What a configuration says that says nothing but what it must. */
export function defaultAgentConfig(): AgentConfig {
  return agentConfigSchema.parse({
    prometheus: { url: 'http://127.0.0.1:9090' },
    rules: ['rules.yml'],
    journal: { path: 'journal.db' },
  });
}
