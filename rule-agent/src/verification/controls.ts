import type { Control } from '../model/event.ts';
import type { History, Unacted } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import type { EpisodeTimes } from './question-of.ts';

/** A firing with the times that an action would have had: never a switchback, for there was nothing to switch. */
export type WatchedControl = EpisodeTimes & { decided: Unacted };

/** The firings that were left alone and whose window is over, with the times that an action would have had. */
export function dueControls({ unacted }: Pick<History, 'unacted'>, nowMs: number): WatchedControl[] {
  return [...unacted.values()].map(watchedFrom).filter(({ measuredAtMs }) => measuredAtMs <= nowMs);
}

/** A decision as if an action had been sent at once. */
export function watchedFrom(decided: Unacted): WatchedControl {
  const settlesAtMs = decided.at + decided.expect.settleMs;
  return {
    decided,
    startedAtMs: decided.at,
    settlesAtMs,
    measuredAtMs: settlesAtMs + decided.expect.windowMs,
  };
}

/** What is kept of it. */
export function controlOf(
  { rule, ruleVersion, target, targetKey, episode }: Unacted,
  found: ControlFinding,
): Control {
  const { judgement, nowMs } = found;
  const { verdict, error, spread, level } = judgement;
  return {
    ...{ kind: 'control', at: nowMs, rule, ruleVersion, target, targetKey, episode, verdict },
    ...(error !== undefined && spread !== undefined && { errorPerSpread: error / spread }),
    ...(level !== undefined && { level }),
  };
}

export interface ControlFinding {
  judgement: Judgement;
  nowMs: number;
}
