export { decide, type Situation } from './decide.ts';
export type { Policy } from './guards/guard.ts';
export { pauseOf } from './guards/pause.ts';
export {
  emptyHistory,
  forgetGoneTargets,
  type HistoryBook,
  knownTargets,
  observe,
  record,
  resumeFirings,
} from './history.ts';
export { killSwitchChange } from './kill-switch.ts';
