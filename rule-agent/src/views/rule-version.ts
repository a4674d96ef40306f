import type { JournalReader } from '../journal/index.ts';
import type { Decided } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import type { LoadedRules } from '../rules/index.ts';

/** What an episode was decided by: the conditions of its rule, and the text as it was written. */
export interface RuleVersion extends Pick<Rule, 'when' | 'clear'> {
  text: string;
}

export interface KnownVersions {
  /** The rules in force. */
  rules: readonly Rule[];
  history: Pick<History, 'ruleTexts'>;
  /** Reads the text of a rule that was written through the API. */
  read: (text: string) => LoadedRules | Promise<LoadedRules>;
}

/** So many versions of one rule are looked through. */
const MOST_VERSIONS = 1_000;

/**
 * Finds the version of a rule that an episode was decided by: among those in force, or in the journal, which has each as it was
 * when it came into force. Journals from before this was kept have none.
 */
export function findVersion({ rules, history, read }: KnownVersions) {
  return async (journal: JournalReader, decided: Decided): Promise<RuleVersion | undefined> => {
    const { rule: name, ruleVersion } = decided;
    const inForce = rules.find((rule) => rule.name === name && rule.version === ruleVersion);
    if (inForce !== undefined) return inForce;
    const kept = history.ruleTexts.get(name);
    if (kept?.ruleVersion === ruleVersion) return { ...kept.terms, text: kept.text };
    const kinds = ['rule_text', 'rule_written'] as const;
    for (const { event } of await journal.find({ rule: name, kinds, limit: MOST_VERSIONS })) {
      if (!('ruleVersion' in event) || event.ruleVersion !== ruleVersion) continue;
      if (event.kind === 'rule_text') return { ...event.terms, text: event.text };
      const loaded = event.kind === 'rule_written' ? await read(event.text) : undefined;
      const [rule] = loaded?.ok === true ? loaded.rules : [];
      if (rule?.version === ruleVersion) return rule;
    }
    return undefined;
  };
}
