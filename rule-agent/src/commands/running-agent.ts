import { type AgentClient, AgentError, createAgentClient } from '@evenkeel/agent-api';
import { EvenkeelError, readSecretFile } from '@evenkeel/toolkit';

/**
 * The API of a running agent, for a command.
 *
 * @param tokenFile a file with a token; without one only what is open can be asked for
 * @throws EvenkeelError SECRET_UNREADABLE
 */
export function runningAgent(url: string, tokenFile?: string): AgentClient {
  return createAgentClient({
    url,
    token: tokenFile === undefined ? undefined : readSecretFile(tokenFile).reveal(),
  });
}

/** What was asked for, or undefined where the agent has no such thing. @throws EvenkeelError AGENT_UNREACHABLE */
export async function askFor<Body>(work: Promise<{ body: Body }>): Promise<Body | undefined> {
  try {
    return (await work).body;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (error.code === 'NOT_FOUND') return undefined;
    throw new EvenkeelError('AGENT_UNREACHABLE', error.detail, {
      cause: error,
      hint: 'check --api.url, and --api.token-file where reading needs a token',
    });
  }
}
