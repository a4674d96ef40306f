export type { Action } from './action.ts';
export { approved, execute } from './execute.ts';
export { createKillSwitch, type KillSwitch } from './kill-switch.ts';
export { createAction, createKinds, type Systems } from './kinds/index.ts';
export { reconcile } from './reconcile.ts';
export { takeBack } from './take-back.ts';
