import type { Pause } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { toTime } from './shapes.ts';

/** What stands still by a person's will: the kill switch, and the pauses that have not ended. */
export function reportPauses({ killSwitch, pauses }: History, nowMs: number) {
  const active = [...pauses.values()].filter(({ endsAt }) => endsAt === undefined || endsAt > nowMs);
  return {
    kill_switch: { engaged: killSwitch.engaged, because: killSwitch.engaged ? killSwitch.because : null },
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
