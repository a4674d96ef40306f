export { type BaselineProgress, readBaselineProgress } from './baseline-progress.ts';
export { observeBaseline, observeSignal } from './facts-of-rule.ts';
export { type OpenSources, openSources } from './open-sources.ts';
export { readFacts } from './read-facts.ts';
export { readSignalNames, SIGNAL_NAMES_QUERY } from './signal-names.ts';
export { isSignalQuery, SIGNAL_PART, SIGNAL_QUERY } from './signal-book.ts';
export { partsOfSignals, type ReadSignals, signalsReadBy } from './signal-past.ts';
export { type Health, HEALTHS, newestSampleOf, type SourceLook } from './source-health.ts';
export {
  createSources,
  type Source,
  type SourceListener,
  type Sources,
  type SourceStatus,
} from './sources.ts';
