export type { Action } from './action.ts';
export { type CarryingOut, carryOut } from './carry-out.ts';
export { createKillSwitch, type KillSwitch } from './kill-switch.ts';
export { createAction, createKinds, type Systems } from './kinds/index.ts';
export { pendingWork, type Work } from './pending-work.ts';
export { Reservations } from './reservations.ts';
