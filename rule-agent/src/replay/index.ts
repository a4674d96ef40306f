export { compareReplays, type ReplayDifference } from './compare.ts';
export { renderReplay } from './render.ts';
export { replay, type ReplayReport } from './replay.ts';
export { stepFor } from './step-for.ts';
