export { observeBaseline, observeSignal } from './facts-of-rule.ts';
export { readFacts } from './read-facts.ts';
export { SIGNAL_QUERY } from './signal-book.ts';
