import type { KillSwitchChanged, KillSwitchOrdered, PauseEnded } from '../model/event.ts';
import type { HistoryBook } from './history-book.ts';
import { stopOrderOf } from './kill-switch.ts';
import { forgetStopped } from './outcome-book.ts';

export function recordPauseEnded(history: HistoryBook, { id, at }: PauseEnded): void {
  const pause = history.pauses.get(id);
  history.pauses.delete(id);
  if (pause !== undefined) forgetStopped(history, { rule: pause.rule, atMs: at });
}

export function recordKillSwitch(
  history: HistoryBook,
  { engaged, because, at }: Pick<KillSwitchChanged, 'engaged' | 'because' | 'at'>,
): void {
  const { killSwitch: before } = history;
  const sinceMs = before.engaged ? before.sinceMs : at;
  history.killSwitch = { engaged, because, ...(engaged && sinceMs !== undefined && { sinceMs }) };
  if (!engaged) forgetStopped(history, { atMs: at });
}

/** It counts at once, and not with the next cycle only. */
export function recordStopOrder(history: HistoryBook, order: KillSwitchOrdered): void {
  delete history.stopOrder;
  if (order.engaged) history.stopOrder = order;
  const { engaged, at } = order;
  recordKillSwitch(history, { engaged, because: stopOrderOf(history) ?? '', at });
}
