import { EvenkeelError, silentLogger } from '@evenkeel/toolkit';
import type { AgentConfig } from '../config/index.ts';
import type { History } from '../model/history.ts';
import { type Rule, WRITTEN_PREFIX } from '../model/rule.ts';
import { type JournalledRule, type LoadedRules, readRules, readText, rulesInForce } from '../rules/index.ts';

export interface JournalledRules {
  rules: readonly Rule[];
  /** Why what is said of a rule may differ from what its agent does, or null. */
  noteOn: (rule: string) => string | null;
  /** Reads the text of a rule that was written through the API: those see no variables. */
  readWritten: (text: string) => LoadedRules;
}

export interface JournalledRulesOptions {
  history: History;
  config: AgentConfig;
  env: Readonly<Record<string, string | undefined>>;
  /** The rules on disk, for journals that do not have them. @throws EvenkeelError RULES_INVALID */
  onDisk: () => readonly Rule[];
}

const DIFFERS =
  'variables give this rule other values here than in the agent: mode, condition, times and limits are those of the agent, the rest is as read here; with --api.url the agent itself answers';

/**
 * The rules in force as the journal has them: in the version and the mode that the agent has, not in those that the files and
 * the variables of this shell would give.
 *
 * @throws EvenkeelError RULES_INVALID
 */
export function journalledRules({ history, config, env, onDisk }: JournalledRulesOptions): JournalledRules {
  const { systems } = config;
  const read = (file: string, text: string) => readRules(file, text, { systems, env });
  const readWritten = (text: string) => readRules(`${WRITTEN_PREFIX}rule`, text, { systems, env: {} });
  const found = ofFiles(history, { read, onDisk });
  const rules = rulesInForce(
    found.map(({ rule }) => rule),
    { history, read: (_name, text) => readWritten(text), logger: silentLogger() },
  );
  const differing = new Set(found.filter(({ same }) => !same).map(({ rule }) => rule.name));
  return { rules, readWritten, noteOn: (rule) => (differing.has(rule) ? DIFFERS : null) };
}

interface Readers {
  read: (file: string, text: string) => LoadedRules;
  onDisk: () => readonly Rule[];
}

function ofFiles(
  { loadedRules, ruleTexts, writtenRules }: History,
  { read, onDisk }: Readers,
): JournalledRule[] {
  if (loadedRules.length === 0) return onDisk().map((rule) => ({ rule, same: true }));
  return loadedRules.flatMap(({ name, version, mode }) => {
    const text = ruleTexts.get(name);
    if (text === undefined && writtenRules.has(name)) return [];
    const kept = text?.ruleVersion === version ? readText(text, read) : undefined;
    if (kept !== undefined) return [kept];
    if (text !== undefined) throw unreadable(name);
    const rule = onDisk().find((one) => one.name === name);
    return rule === undefined ? [] : [{ rule: { ...rule, mode }, same: rule.version === version }];
  });
}

function unreadable(rule: string): EvenkeelError {
  return new EvenkeelError('RULES_INVALID', `rule ${rule}, as the agent has it, cannot be read here`, {
    hint: 'set the variables that the agent has, or ask the agent itself with --api.url',
  });
}
