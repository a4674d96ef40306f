import { EvenkeelError, readSecretFile } from '@evenkeel/toolkit';
import { createHttpClient } from '../http/client.ts';
import { restoreHistory } from '../journal/index.ts';
import type { Labels } from '../model/target.ts';
import { coversLabels } from '../model/target.ts';
import {
  type EpisodeShape,
  explainEpisode,
  explainTarget,
  reportEpisode,
  reportRules,
  type RuleShape,
} from '../reports/index.ts';
import type { AgentFlags } from './command-line.ts';
import { withJournal } from './journal.ts';
import { requireConfig, requireRules } from './load.ts';

/** Where what is to be explained is read. */
interface Source {
  episode: (id: string) => Promise<EpisodeShape | undefined>;
  rules: () => Promise<RuleShape[]>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Explains an episode, or where a rule stands on the targets that have the given labels: from a running agent's API with
 * `--api.url`, from its journal otherwise.
 *
 * @throws EvenkeelError COMMAND_LINE_INVALID, and what opening the journal or asking the agent gives
 */
export async function explain(
  operands: readonly string[],
  flags: AgentFlags,
  env: Environment,
): Promise<string> {
  const [name, ...labels] = operands;
  if (name === undefined) throw usage('explain needs an episode, or a rule with the labels of a target');
  const target = readLabels(labels);
  if (flags['api.url'] !== undefined)
    return explainFrom(agentAt(flags['api.url'], flags['api.token-file']), name, target);
  const config = requireConfig(flags['config.file'], env);
  const { rules } = requireRules(config, flags['config.file'], env);
  return withJournal(config, async (journal) => {
    const { history } = await restoreHistory(journal);
    const source = {
      episode: (id: string) => reportEpisode(journal, id),
      rules: () => Promise.resolve(reportRules(rules, history, Date.now())),
    };
    return explainFrom(source, name, target);
  });
}

async function explainFrom(source: Source, name: string, labels: Labels): Promise<string> {
  const rule = (await source.rules()).find((one) => one.name === name);
  if (rule === undefined) {
    const episode = await source.episode(name);
    if (episode === undefined) throw usage(`there is no episode and no rule ${name}`);
    return explainEpisode(episode);
  }
  const targets = rule.targets.filter(({ target }) => coversLabels(target, labels));
  if (targets.length === 0) throw usage(`rule ${name} knows no such target`);
  return targets.map((target) => explainTarget(rule, target)).join('\n');
}

function readLabels(operands: readonly string[]): Labels {
  return Object.fromEntries(
    operands.map((operand) => {
      const equals = operand.indexOf('=');
      if (equals < 1) throw usage(`"${operand}" is no label: write name=value`);
      return [operand.slice(0, equals), operand.slice(equals + 1)];
    }),
  );
}

/** A running agent, by its API. */
function agentAt(url: string, tokenFile: string | undefined): Source {
  const headers =
    tokenFile === undefined ? {} : { authorization: `Bearer ${readSecretFile(tokenFile).reveal()}` };
  const ask = async (path: string): Promise<unknown> => {
    const http = createHttpClient({ timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    try {
      const answer = await http.send({
        method: 'GET',
        url: `${url.replace(/\/+$/, '')}/api/v1/${path}`,
        headers,
      });
      if (answer.kind === 'failed') throw unanswered(`${url} cannot be reached: ${answer.because}`);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unanswered(`${url} answered with HTTP ${answer.status}`);
      return JSON.parse(answer.text);
    } finally {
      await http.close();
    }
  };
  return {
    episode: async (id) => (await ask(`episodes/${encodeURIComponent(id)}`)) as EpisodeShape | undefined,
    rules: async () => ((await ask('rules')) as { items: RuleShape[] } | undefined)?.items ?? [],
  };
}

function usage(message: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, {
    hint: 'for example: explain slow-api-1a2b3c4d5e6f, or: explain slow-api job=warehouse',
  });
}

function unanswered(message: string): EvenkeelError {
  return new EvenkeelError('AGENT_UNREACHABLE', message, {
    hint: 'check --api.url, and --api.token-file where reading needs a token',
  });
}
