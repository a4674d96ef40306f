export { requiredFacts } from './comparisons.ts';
export { buildRuleEngine, type RuleEngine } from './engine.ts';
export { evaluate } from './evaluate.ts';
export { rulesInForce } from './in-force.ts';
export {
  type LoadedRules,
  loadRules,
  readRules,
  ruleFileJsonSchema,
  type RuleSources,
} from './load-rules.ts';
export { findUnknownSignals, type NamedSignal } from './named-signals.ts';
export { createRuleBook, type RuleBook } from './rule-book.ts';
export type { Offers } from './offers.ts';
export { createRuleReader, type RuleReader } from './rule-reader.ts';
export { type JournalledRule, readText, termsOf } from './rule-texts.ts';
export { type ConditionTrace, traceConditions } from './trace.ts';
