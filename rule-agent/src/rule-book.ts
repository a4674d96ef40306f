import type { Clock, Logger } from '@evenkeel/toolkit';
import type { Leadership, Recorder } from './journal/index.ts';
import type { RulesLoaded } from './model/event.ts';
import type { History } from './model/history.ts';
import type { Rule } from './model/rule.ts';
import type { AgentMetrics } from './reports/index.ts';
import { buildRuleEngine, type LoadedRules, type RuleEngine } from './rules/index.ts';

/** The rules in force: those on disk and those written through the API, in the modes that people have set. */
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
  /** Reads the text of a rule that was written through the API. */
  read: (name: string, text: string) => LoadedRules;
  history: History;
  recorder: Recorder;
  metrics: AgentMetrics;
  clock: Clock;
  leadership: Leadership;
  logger: Logger;
}

export function createRuleBook(options: RuleBookOptions): RuleBook {
  const { load, recorder, metrics, clock, leadership, history } = options;
  let onDisk: readonly Rule[] = [];
  let current: InForce = { from: [], engines: [] };
  const engines = () => {
    const from = [onDisk, history.writtenRules, history.setModes];
    if (from.some((part, index) => part !== current.from[index])) {
      current = { from, engines: rulesInForce(onDisk, options).map(buildRuleEngine) };
      metrics.expectRules(current.engines.map(({ rule }) => rule));
    }
    return current.engines;
  };
  const rules = () => engines().map(({ rule }) => rule);
  return {
    engines,
    rules,
    loaded: () => (rules().length === 0 ? [] : [rulesLoaded(rules(), clock.now())]),
    async reload() {
      try {
        const loaded = load();
        const all = rulesInForce(loaded, options);
        // In the journal first: no rule is in force that the record does not know. One that stands by writes it when it leads.
        if (leadership.leads()) await recorder.record([rulesLoaded(all, clock.now())]);
        onDisk = loaded;
        metrics.rulesReloaded(true);
      } catch (error) {
        metrics.rulesReloaded(false);
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

/** The rules on disk and those written through the API, in the modes that people have set, by name. */
export function rulesInForce(
  onDisk: readonly Rule[],
  options: Pick<RuleBookOptions, 'history' | 'read' | 'logger'>,
): Rule[] {
  const { setModes } = options.history;
  return [...onDisk, ...writtenRules(new Set(onDisk.map(({ name }) => name)), options)]
    .map((rule) => ({ ...rule, mode: setModes.get(rule.name)?.mode ?? rule.mode }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A rule on disk goes before one of the same name that was written through the API. */
function writtenRules(
  taken: ReadonlySet<string>,
  { read, history, logger }: Pick<RuleBookOptions, 'history' | 'read' | 'logger'>,
): Rule[] {
  return [...history.writtenRules].flatMap(([name, { text }]) => {
    const loaded = read(name, text);
    if (loaded.ok && !taken.has(name)) return loaded.rules;
    const because = loaded.ok ? 'a rule on disk has its name' : loaded.text;
    logger.warn({ rule: name, because }, 'a rule that was written through the API is not in force');
    return [];
  });
}

function rulesLoaded(rules: readonly Rule[], at: number): RulesLoaded {
  return {
    kind: 'rules_loaded',
    at,
    rules: rules.map(({ name, version, mode }) => ({ name, version, mode })),
  };
}
