import { EvenkeelError, silentLogger } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { type JournalReader, restoreHistory } from '../journal/index.ts';
import { type Rule, WRITTEN_PREFIX } from '../model/rule.ts';
import type { Labels } from '../model/target.ts';
import { episodeAsText, ruleAsText } from '../terminal/index.ts';
import { type EpisodeExplanation, reportEpisodeExplanation, type RuleExplanation } from '../views/index.ts';
import { buildRuleEngine, readRules, rulesInForce } from '../rules/index.ts';
import type { AgentFlags } from './command-line.ts';
import { absenceNote, explainRuleNow } from './explain-now.ts';
import { withJournal } from './journal.ts';
import { requireConfig, requireRules } from './load.ts';
import { askFor, runningAgent } from './running-agent.ts';

/** Where what is to be explained is read; undefined is what it does not know. */
interface Source {
  rule: (name: string, labels: Labels) => Promise<RuleExplanation | undefined>;
  episode: (id: string) => Promise<EpisodeExplanation | undefined>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Explains an episode, or why a rule does or does not act now on the targets that have the given labels: from a running
 * agent's API with `--api.url`, otherwise from its journal, which may be in use, and from Prometheus.
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
    const text = await explainFrom(await journalSource(journal, config, rules), name, target);
    return `${text}${absenceNote(await journal.lastBeatMs(), Date.now())}`;
  });
}

async function explainFrom(source: Source, name: string, labels: Labels): Promise<string> {
  const rule = await source.rule(name, labels);
  if (rule !== undefined) return ruleAsText(rule);
  const episode = await source.episode(name);
  if (episode !== undefined) return episodeAsText(episode);
  throw usage(`there is no episode and no rule ${name}`);
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

/** The journal, the rules on disk, and the facts as Prometheus has them now. */
async function journalSource(
  journal: JournalReader,
  config: AgentConfig,
  onDisk: readonly Rule[],
): Promise<Source> {
  const { history } = await restoreHistory(journal);
  const read = (name: string, text: string) =>
    readRules(`${WRITTEN_PREFIX}${name}`, text, { systems: config.systems, env: {} });
  const engines = rulesInForce(onDisk, { history, read, logger: silentLogger() }).map(buildRuleEngine);
  const rules = engines.map(({ rule }) => rule);
  const engineOf = (name: string) => engines.find(({ rule }) => rule.name === name);
  return {
    async rule(name, labels) {
      const engine = engineOf(name);
      return engine && explainRuleNow({ engine, rules, labels, history, config });
    },
    episode: (id) => reportEpisodeExplanation(journal, id, engineOf),
  };
}

/** A running agent, by its API. */
function agentAt(url: string, tokenFile: string | undefined): Source {
  const agent = runningAgent(url, tokenFile);
  return {
    async rule(name, labels) {
      const label = Object.entries(labels).map(([labelName, value]) => `${labelName}=${value}`);
      const asked = agent.get('/api/v1/rules/{name}/explain', { path: { name }, query: { label } });
      return (await askFor(asked)) as RuleExplanation | undefined;
    },
    async episode(id) {
      const asked = agent.get('/api/v1/episodes/{id}/explain', { path: { id } });
      return (await askFor(asked)) as EpisodeExplanation | undefined;
    },
  };
}

function usage(message: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, {
    hint: 'for example: explain slow-api-1a2b3c4d5e6f, or: explain slow-api job=warehouse',
  });
}
