import { type CommandLine, LOG_OPTIONS, type Values, WEB_CONFIG_OPTION } from '@evenkeel/toolkit';
import { VARIABLE_PREFIX } from '../config/index.ts';
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
  'api.url': { type: 'text', placeholder: 'url', about: 'token, explain: the agent to ask, where one runs' },
  'api.token-file': {
    type: 'text',
    placeholder: 'file',
    about: 'token, explain: holds a token of that agent; of an admin, for token',
  },
  from: { type: 'text', placeholder: 'time', about: 'journal export: from this time on, or so long ago' },
  to: { type: 'text', placeholder: 'time', about: 'journal export: before this time, or so long ago' },
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
      test: 'test <file ...>: run tests of rules; exit 1 when one fails',
      explain: 'explain <episode>, or <rule> <label=value ...>: why it acted or did not',
      journal:
        'journal verify: recompute the hash chain, exit 1 when it is broken; journal export: all rows as JSON lines; journal backup <file>',
    },
    options,
    envPrefix: VARIABLE_PREFIX,
    examples: [
      'evenkeel-agent --config.file=agent.yml',
      'evenkeel-agent check --config.file=agent.yml',
      'EVENKEEL_AGENT_JOURNAL_PATH=/data/journal.db evenkeel-agent     each key of the configuration is a variable, too',
      'evenkeel-agent token create anna --role=operator --expires=90d',
      'evenkeel-agent test rules/default_test.yml',
      'evenkeel-agent explain slow-api job=warehouse --api.url=http://127.0.0.1:9851',
      'evenkeel-agent journal backup journal-copy.db     while the agent runs',
      'evenkeel-agent journal export --from=1d > last-day.jsonl',
      'curl -s http://127.0.0.1:9851/api/v1/rules     which rules there are, and where each stands on its targets',
    ],
  };
}

export type AgentFlags = Values<typeof options>;
