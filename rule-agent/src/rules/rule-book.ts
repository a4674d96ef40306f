import type { Clock, Logger } from '@evenkeel/toolkit';
import type { RulesLoaded, RuleTextKept } from '../model/event.ts';
import type { History } from '../model/history.ts';
import type { Rule } from '../model/rule.ts';
import { buildRuleEngine, type RuleEngine } from './engine.ts';
import { rulesInForce } from './in-force.ts';
import { newTexts } from './rule-texts.ts';
import type { LoadedRules } from './load-rules.ts';

/** The rules in force: those on disk and those written through the API, in the modes that people have set. */
export interface RuleBook {
  engines: () => readonly RuleEngine[];
  rules: () => readonly Rule[];
  /** The events that tell the journal which rules are in force, and what they say; none while there are no rules. */
  loaded: () => readonly (RuleTextKept | RulesLoaded)[];
  /** Takes over the rules on disk; when they have mistakes it rejects, and those in force stay. */
  reload: () => Promise<void>;
}

export interface RuleBookOptions {
  /** @throws EvenkeelError RULES_INVALID */
  load: () => readonly Rule[];
  /** Reads the text of a rule that was written through the API. */
  read: (name: string, text: string) => LoadedRules;
  history: History;
  record: (events: readonly (RuleTextKept | RulesLoaded)[]) => Promise<void>;
  /** Whether this agent writes which rules are in force. */
  isActive: () => boolean;
  /** Told of the rules whenever they have changed. */
  onRules: (rules: readonly Rule[]) => void;
  onReload: (successful: boolean) => void;
  clock: Clock;
  logger: Logger;
}

export function createRuleBook(options: RuleBookOptions): RuleBook {
  const { load, record, isActive, onRules, onReload, clock, history } = options;
  let onDisk: readonly Rule[] = [];
  let current: InForce = { from: [], engines: [] };
  const engines = () => {
    const from = [onDisk, history.writtenRules, history.setModes];
    if (from.some((part, index) => part !== current.from[index])) {
      current = { from, engines: rulesInForce(onDisk, options).map(buildRuleEngine) };
      onRules(current.engines.map(({ rule }) => rule));
    }
    return current.engines;
  };
  const rules = () => engines().map(({ rule }) => rule);
  const events = (fromDisk: readonly Rule[], all: readonly Rule[]) => [
    ...newTexts(fromDisk, history.ruleTexts, clock.now()),
    rulesLoaded(all, clock.now()),
  ];
  return {
    engines,
    rules,
    loaded: () => (rules().length === 0 ? [] : events(onDisk, rules())),
    async reload() {
      try {
        const loaded = load();
        const all = rulesInForce(loaded, options);
        // In the journal first: no rule is in force that the record does not know. One that stands by, or starts, writes it when it takes over.
        if (isActive()) await record(events(loaded, all));
        onDisk = loaded;
        onReload(true);
      } catch (error) {
        onReload(false);
        throw error;
      }
    },
  };
}

interface InForce {
  /** What the engines were made of, to see when it is no longer the same. */
  from: readonly unknown[];
  engines: readonly RuleEngine[];
}

function rulesLoaded(rules: readonly Rule[], at: number): RulesLoaded {
  return {
    kind: 'rules_loaded',
    at,
    rules: rules.map(({ name, version, mode }) => ({ name, version, mode })),
  };
}
