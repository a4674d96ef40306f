import { type CommandLine, LOG_OPTIONS, type Values, WEB_CONFIG_OPTION } from '@evenkeel/toolkit';
import { ROLES } from '../model/roles.ts';

const options = {
  'config.file': {
    type: 'text',
    default: 'agent.yml',
    placeholder: 'file',
    about: "the agent's configuration",
  },
  'config.check': {
    type: 'flag',
    about: 'check the configuration and the rules, then exit; the same as the command check',
  },
  'web.listen-address': {
    type: 'text',
    placeholder: 'host:port',
    about: 'where to listen; overrides api.listen of the configuration',
  },
  role: {
    type: 'text',
    choices: ROLES,
    env: false,
    about: 'token create: what the token may do',
  },
  expires: {
    type: 'text',
    placeholder: 'duration',
    env: false,
    about: 'token create: when it ends, such as 90d',
  },
  'api.url': { type: 'text', placeholder: 'url', about: 'token: the agent to ask, where one runs' },
  'api.token-file': {
    type: 'text',
    placeholder: 'file',
    about: 'token: holds the token of an admin of that agent',
  },
  ...WEB_CONFIG_OPTION,
  ...LOG_OPTIONS,
} as const;

/** The command line of `evenkeel-agent`. */
export function agentCommandLine(version: string): CommandLine<typeof options> {
  return {
    name: 'evenkeel-agent',
    version,
    summary: 'reads facts by PromQL, decides under rules, acts, and keeps a journal of all of it',
    commands: {
      run: 'run the agent until it is told to stop; SIGHUP reloads the rules',
      check: 'check the configuration and the rules; exit 2 when they have mistakes',
      token: 'token create <name>, token list, token revoke <name>: who may use the API',
    },
    options,
    envPrefix: 'EVENKEEL_AGENT',
    examples: [
      'evenkeel-agent --config.file=agent.yml',
      'evenkeel-agent check --config.file=agent.yml',
      'evenkeel-agent token create anna --role=operator --expires=90d',
      'curl -s http://127.0.0.1:9851/api/v1/rules     which rules there are, and where each stands on its targets',
    ],
  };
}

export type AgentFlags = Values<typeof options>;
