export type { Action } from './action.ts';
export type { ApprovalMessage } from './approval-message.ts';
export { type CarryingOut, carryOut } from './carry-out.ts';
export { abandon } from './endings.ts';
export { createKillSwitch, type KillSwitch } from './kill-switch.ts';
export { isMessage, resourceOf } from './kind-of.ts';
export { pendingWork, type Work } from './pending-work.ts';
export { Reservations } from './reservations.ts';
export { type Alertmanagers, openSystems, type Systems } from './systems.ts';
