import type { Clock } from '@evenkeel/toolkit';
import type { Leadership, Recorder } from './journal/index.ts';
import type { RulesLoaded } from './model/event.ts';
import type { Rule } from './model/rule.ts';
import type { AgentMetrics } from './reports/index.ts';
import { buildRuleEngine, type RuleEngine } from './rules/index.ts';

/** The rules in force. */
export interface RuleBook {
  engines: () => readonly RuleEngine[];
  rules: () => readonly Rule[];
  /** What the record has to know of them; nothing while there are none. */
  loaded: () => readonly RulesLoaded[];
  /** Takes over the rules on disk; when they have mistakes it rejects, and those in force stay. */
  reload: () => Promise<void>;
}

export interface RuleBookOptions {
  /** @throws EvenkeelError RULES_INVALID */
  load: () => readonly Rule[];
  recorder: Recorder;
  metrics: AgentMetrics;
  clock: Clock;
  leadership: Leadership;
}

export function createRuleBook(options: RuleBookOptions): RuleBook {
  const { load, recorder, metrics, clock, leadership } = options;
  let engines: readonly RuleEngine[] = [];
  const rules = () => engines.map(({ rule }) => rule);
  return {
    engines: () => engines,
    rules,
    loaded: () => (engines.length === 0 ? [] : [rulesLoaded(rules(), clock.now())]),
    async reload() {
      try {
        const loaded = load();
        // In the journal first: no rule is in force that the record does not know. One that stands by writes it when it leads.
        if (leadership.leads()) await recorder.record([rulesLoaded(loaded, clock.now())]);
        engines = loaded.map(buildRuleEngine);
        metrics.expectRules(loaded);
        metrics.rulesReloaded(true);
      } catch (error) {
        metrics.rulesReloaded(false);
        throw error;
      }
    },
  };
}

function rulesLoaded(rules: readonly Rule[], at: number): RulesLoaded {
  return {
    kind: 'rules_loaded',
    at,
    rules: rules.map(({ name, version, mode }) => ({ name, version, mode })),
  };
}
