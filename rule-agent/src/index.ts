export { type Agent, type AgentOptions, createAgent } from './app.ts';
export { agentConfigJsonSchema, loadAgentConfig } from './config/index.ts';
export { openSqliteJournal } from './journal/index.ts';
export { loadRules, ruleFileJsonSchema } from './rules/index.ts';
