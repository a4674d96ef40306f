import type { RuleTextKept } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { type Rule, RULE_TERMS, type RuleTerms } from '../model/rule.ts';
import type { LoadedRules } from './load-rules.ts';

/** What the journal does not know yet of the rules of files, so that a version is explained when its file says something else. */
export function newTexts(
  onDisk: readonly Rule[],
  known: History['ruleTexts'],
  nowMs: number,
): RuleTextKept[] {
  return onDisk
    .filter(({ name, version, text }) => text !== '' && known.get(name)?.ruleVersion !== version)
    .map((rule) => {
      const { name, version: ruleVersion, file, text } = rule;
      return { kind: 'rule_text', at: nowMs, rule: name, ruleVersion, file, text, terms: termsOf(rule) };
    });
}

export function termsOf(rule: Rule): RuleTerms {
  const terms: Partial<Record<keyof RuleTerms, unknown>> = {};
  for (const term of RULE_TERMS) if (rule[term] !== undefined) terms[term] = rule[term];
  return terms as RuleTerms;
}

/** A rule as a journal has it; `same`: whether every variable gives it here what it gave it there. */
export interface JournalledRule {
  rule: Rule;
  same: boolean;
}

/**
 * The rule of a text in the journal. What the journal keeps no values of is read with the variables of whoever asks.
 *
 * @returns undefined where the text cannot be read here: a variable is not set, or a system is not in the configuration
 */
export function readText(
  { file, text, terms, ruleVersion }: RuleTextKept,
  read: (file: string, text: string) => LoadedRules,
): JournalledRule | undefined {
  const loaded = read(file, text);
  const [rule] = loaded.ok ? loaded.rules : [];
  if (rule === undefined) return undefined;
  const rest = Object.fromEntries(
    Object.entries(rule).filter(([key]) => !(RULE_TERMS as readonly string[]).includes(key)),
  ) as Omit<Rule, keyof RuleTerms>;
  return { rule: { ...rest, ...terms, version: ruleVersion }, same: rule.version === ruleVersion };
}
