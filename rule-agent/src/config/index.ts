export {
  agentConfigJsonSchema,
  agentVariables,
  defaultAgentConfig,
  loadAgentConfig,
  VARIABLE_PREFIX,
} from './load.ts';
export { endpointsOf, type PrometheusEndpoint } from './prometheus.ts';
export { type AgentConfig, limitsSchema } from './schema.ts';
