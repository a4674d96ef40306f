import type { JournalEvent } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { targetKey } from '../model/target.ts';
import type { RuleTest } from './schema.ts';

/** What people do in a test: they pause, and they approve. */
export interface People {
  /** What they have done by now and had not done before. */
  do: (history: History, nowMs: number) => JournalEvent[];
}

export function followPeople({ pauses, approvals }: RuleTest, startMs: number): People {
  const waiting = [
    ...pauses.map((pause, index) => ({
      at: pause.at,
      act: (_history: History, nowMs: number) => [toPause(pause, `pause-${index}`, nowMs)],
    })),
    ...approvals.map((approval) => ({
      at: approval.at,
      act: (history: History, nowMs: number) => toApprovals(approval, history, nowMs),
    })),
  ].sort((a, b) => b.at - a.at);
  return {
    do(history, nowMs) {
      const events: JournalEvent[] = [];
      while (waiting.length > 0 && startMs + waiting.at(-1)!.at <= nowMs) {
        events.push(...waiting.pop()!.act(history, nowMs));
      }
      return events;
    },
  };
}

function toPause(
  { for: lastsMs, rule, reason }: RuleTest['pauses'][number],
  id: string,
  nowMs: number,
): JournalEvent {
  const pause = { id, reason, createdBy: 'a person', createdAt: nowMs };
  const limits = {
    ...(rule !== undefined && { rule }),
    ...(lastsMs !== undefined && { endsAt: nowMs + lastsMs }),
  };
  return { kind: 'pause_created', at: nowMs, pause: { ...pause, ...limits } };
}

/** Nothing when nothing waits. */
function toApprovals(
  { rule, target, by }: RuleTest['approvals'][number],
  history: History,
  nowMs: number,
): JournalEvent[] {
  const key = targetKey(target);
  return [...history.openEpisodes.values()]
    .filter(
      ({ state, decided }) =>
        state === 'awaiting_approval' && decided.rule === rule && decided.targetKey === key,
    )
    .map(({ decided: { episode } }) => ({ kind: 'approval_given', at: nowMs, episode, rule, by }));
}
