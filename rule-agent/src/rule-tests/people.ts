import type { Decided, JournalEvent } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { targetKey } from '../model/target.ts';
import type { RuleTest } from './schema.ts';

/** What people do in a test: they pause, approve and reject. */
export interface People {
  /** What they have done by now and had not done before. */
  do: (history: History, nowMs: number) => JournalEvent[];
}

export interface Stage {
  startMs: number;
  /** For how long a no lasts. */
  restMs: number;
}

export function followPeople(
  { pauses, approvals, rejections }: RuleTest,
  { startMs, restMs }: Stage,
): People {
  const waiting = [
    ...pauses.map((pause, index) => ({
      at: pause.at,
      act: (_history: History, nowMs: number) => [toPause(pause, `pause-${index}`, nowMs)],
    })),
    ...approvals.map((approval) => ({
      at: approval.at,
      act: (history: History, nowMs: number) => toApprovals(approval, history, nowMs),
    })),
    ...rejections.map((rejection) => ({
      at: rejection.at,
      act: (history: History, nowMs: number) =>
        waitingFor(rejection, history).map((decided) => toRejection(rejection, decided, { nowMs, restMs })),
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

function toApprovals(
  approval: RuleTest['approvals'][number],
  history: History,
  nowMs: number,
): JournalEvent[] {
  const { rule, by } = approval;
  return waitingFor(approval, history).map(({ episode }) => ({
    ...{ kind: 'approval_given', at: nowMs, episode, rule, by },
  }));
}

function toRejection(
  { by, reason }: RuleTest['rejections'][number],
  { rule, ruleVersion, target, targetKey: key, episode }: Decided,
  { nowMs, restMs }: { nowMs: number; restMs: number },
): JournalEvent {
  const of = { rule, ruleVersion, target, targetKey: key, episode };
  return { kind: 'approval_ended', at: nowMs, ...of, reason: 'rejected', by, because: reason, restMs };
}

/** Nothing when nothing waits. */
function waitingFor({ rule, target }: RuleTest['approvals'][number], history: History): Decided[] {
  const key = targetKey(target);
  return [...history.openEpisodes.values()]
    .filter(({ state }) => state === 'awaiting_approval')
    .map(({ decided }) => decided)
    .filter((decided) => decided.rule === rule && decided.targetKey === key);
}
