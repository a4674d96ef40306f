import type { KillSwitchChanged } from '../model/event.ts';
import type { History } from '../model/history.ts';

/** What to note when the kill switch stands otherwise than before. `because` is undefined while nothing engages it. */
export function killSwitchChange(
  { killSwitch }: History,
  because: string | undefined,
  nowMs: number,
): KillSwitchChanged[] {
  const engaged = because !== undefined;
  if (engaged === killSwitch.engaged && (because ?? '') === killSwitch.because) return [];
  return [{ kind: 'kill_switch_changed', at: nowMs, engaged, because: because ?? '' }];
}

/** Why everything stands still by an order through the API, or undefined. */
export function stopOrderOf({ stopOrder }: History): string | undefined {
  return stopOrder === undefined ? undefined : `engaged by ${stopOrder.by}: ${stopOrder.because}`;
}
