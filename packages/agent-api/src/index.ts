export { AgentError, CLIENT_ERROR_CODES } from './agent-error.ts';
export { type AgentClient, createAgentClient, type Reply } from './client.ts';
export type { components, operations, paths } from './generated.ts';
export { AGENT_METRICS, type AgentMetricLabels } from './metrics.ts';
export type { AnswerTo, ItemOf, Method, PagedPath, PathFor, RequestFor, Schema } from './operations.ts';
export {
  type AgentAddress,
  type AgentAnswer,
  type AgentRequest,
  createTransport,
  type Fetch,
  type Transport,
} from './transport.ts';
export { readVerdict, VERDICTS, type VerdictWord } from './verdict.ts';
