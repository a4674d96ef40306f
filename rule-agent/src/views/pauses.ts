import type { Pause } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { toTime } from './shapes.ts';

/**
 * What stands still by a person's will: the kill switch, and the pauses that have not ended.
 *
 * @param stopped why everything has to stand still at this moment, or undefined
 */
export function reportPauses({ pauses }: History, stopped: string | undefined, nowMs: number) {
  const active = [...pauses.values()].filter(({ endsAt }) => endsAt === undefined || endsAt > nowMs);
  return {
    kill_switch: { engaged: stopped !== undefined, because: stopped ?? null },
    items: active.map(toPauseShape),
  };
}

export function toPauseShape({ id, reason, createdBy, createdAt, rule, endsAt }: Pause) {
  return {
    id,
    reason,
    rule: rule ?? null,
    created_by: createdBy,
    created_at: toTime(createdAt),
    ends_at: toTime(endsAt),
  };
}
