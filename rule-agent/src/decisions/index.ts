export { decide, type Situation } from './decide.ts';
export type { Policy } from './guards/guard.ts';
export { pauseOf } from './guards/pause.ts';
export { emptyHistory, type HistoryBook } from './history-book.ts';
export { killSwitchChange } from './kill-switch.ts';
export { record } from './record.ts';
export { fromSnapshot, toSnapshot } from './snapshot.ts';
export { isWithin } from './time-window.ts';
export { forgetGoneTargets, knownTargets, observe, resumeFirings } from './track-book.ts';
