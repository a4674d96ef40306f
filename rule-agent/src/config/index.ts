export { agentConfigJsonSchema, defaultAgentConfig, loadAgentConfig } from './load.ts';
export type { AgentConfig } from './schema.ts';
