import { defineCommand, EvenkeelError, EXIT_OK } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import { type JournalReader, restoreHistory } from '../journal/index.ts';
import type { Labels } from '../model/target.ts';
import { episodeAsText, ruleAsText } from '../terminal/index.ts';
import {
  type EpisodeExplanation,
  findVersion,
  reportEpisodeExplanation,
  type RuleExplanation,
} from '../views/index.ts';
import { buildRuleEngine } from '../rules/index.ts';
import { absenceNote, explainRuleNow } from './explain-now.ts';
import { journalledRules, type JournalledRulesOptions } from './journalled-rules.ts';
import { requireConfig, requireRules, type CommandContext } from './load.ts';
import { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { askFor, runningAgent } from './running-agent.ts';
import { withJournal } from './with-journal.ts';

/** Where what is to be explained is read; undefined is what it does not know. */
interface Source {
  rule: (name: string, labels: Labels) => Promise<RuleExplanation | undefined>;
  episode: (id: string) => Promise<EpisodeExplanation | undefined>;
}

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'tell why a rule acts or does not act now, or what came of an episode',
  details:
    'From a running agent with --api.url; otherwise from its journal, which may be in use, and from Prometheus as it is now.',
  operands: '<rule or episode> [label=value]...',
  options: { ...CONFIG_OPTION, ...API_OPTIONS },
  examples: [
    'evenkeel-agent explain slow-api job=warehouse --api.url=http://127.0.0.1:9851',
    'evenkeel-agent explain slow-api-1a2b3c4d5e6f',
  ],
  async run(invocation) {
    const { values, operands, write } = invocation;
    const question = { name: operands[0]!, labels: readLabels(operands.slice(1)) };
    const url = values['api.url'];
    await write(
      url === undefined
        ? await explainFromJournal(question, values['config.file'], invocation)
        : await explainFrom(agentAt(url, values['api.token-file']), question),
    );
    return EXIT_OK;
  },
});

interface Question {
  /** Of a rule or an episode. */
  name: string;
  labels: Labels;
}

function explainFromJournal(question: Question, file: string, context: CommandContext): Promise<string> {
  const config = requireConfig(file, context);
  const onDisk = () => requireRules(config, file, context.env).rules;
  return withJournal(config, async (journal) => {
    const text = await explainFrom(
      await journalSource(journal, config, { env: context.env, onDisk }),
      question,
    );
    return `${text}${absenceNote(await journal.lastBeatMs(), Date.now())}`;
  });
}

async function explainFrom(source: Source, { name, labels }: Question): Promise<string> {
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

/** The journal with the rules as it has them, and the facts as Prometheus has them now. */
async function journalSource(
  journal: JournalReader,
  config: AgentConfig,
  readers: Pick<JournalledRulesOptions, 'env' | 'onDisk'>,
): Promise<Source> {
  const { history } = await restoreHistory(journal);
  const { rules, noteOn, readWritten } = journalledRules({ history, config, ...readers });
  const versionOf = findVersion({ rules, history, read: readWritten });
  return {
    async rule(name, labels) {
      const rule = rules.find((one) => one.name === name);
      if (rule === undefined) return undefined;
      const engine = buildRuleEngine(rule);
      const explained = await explainRuleNow({ engine, rules, labels, history, config });
      return { ...explained, note: explained.note ?? noteOn(name) };
    },
    episode: (id) => reportEpisodeExplanation(journal, id, versionOf),
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
