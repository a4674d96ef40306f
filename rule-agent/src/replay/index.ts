export { compareReplays, type ReplayDifference } from './compare.ts';
export { type JournalPast, readJournalPast } from './journal-past.ts';
export { renderReplay } from './render.ts';
export { replay, type ReplayReport } from './replay.ts';
export { stepFor } from './step-for.ts';
