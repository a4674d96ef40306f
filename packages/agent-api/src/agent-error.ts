import type { Schema } from './operations.ts';

/** What the client says itself; every other code is the agent's own. */
export const CLIENT_ERROR_CODES = {
  AGENT_UNREACHABLE: 'The agent does not answer, or not in time.',
  AGENT_ANSWER_INVALID: 'What answered is not the agent, or its answer is larger than the client takes.',
} as const;

interface ErrorDetails {
  status?: number | undefined;
  problem?: Schema<'Problem'> | undefined;
  cause?: unknown;
}

/** A request that did not succeed: the agent's problem (RFC 9457), or why there was no answer to use. */
export class AgentError extends Error {
  /** Stable, for programs: docs/errors.md and docs/agent/api.md list them. */
  readonly code: string;
  /** The HTTP status; undefined when nothing was answered. */
  readonly status: number | undefined;
  /** For a person. */
  readonly detail: string;
  /** The whole problem, where the agent sent one. */
  readonly problem: Schema<'Problem'> | undefined;

  /** @param detail also the message */
  constructor(code: string, detail: string, { status, problem, cause }: ErrorDetails = {}) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'AgentError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.problem = problem;
  }
}
