import { formatDuration } from '@evenkeel/toolkit';
import type { Decided, Finished, JournalEvent, Reverted } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { pauseOf } from '../model/pause.ts';
import type { Action } from './action.ts';
import { abandon } from './endings.ts';
import { askForApproval } from './ask-for-approval.ts';
import { execute } from './execute.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { Work } from './pending-work.ts';
import { reconcile } from './reconcile.ts';
import { revert } from './revert.ts';

export interface CarryingOut {
  action: Action;
  history: Pick<History, 'openEpisodes' | 'reverts' | 'pauses' | 'setModes'>;
  /** Durable before it resolves. */
  record: (events: readonly JournalEvent[]) => Promise<void>;
  killSwitch: KillSwitch;
  /** Whether this agent may act, asked right before something is sent. */
  isActive: () => boolean;
  /** What has waited for longer than this since it was decided is not carried out any more. */
  continuityMs: number;
  now: () => number;
}

/** What is known of earlier attempts at a piece of work. */
export interface Attempted {
  waitingSinceMs: number;
  isRetry: boolean;
}

/**
 * Carries a piece of work out and journals how it ended.
 *
 * @returns false while the outcome cannot be known: the work stays pending
 */
export async function carryOut(work: Work, attempted: Attempted, tools: CarryingOut): Promise<boolean> {
  if (work.kind === 'ask') {
    return askForApproval(work, { ...tools, halted: () => reasonNotToAsk(work.decided, tools) });
  }
  const end = await endOf(work, attempted, tools);
  // While this agent was held up another one may have taken over and ended it.
  if (end !== undefined && isPending(work, tools)) await tools.record([end]);
  return end !== undefined;
}

async function endOf(
  work: Exclude<Work, { kind: 'ask' }>,
  attempted: Attempted,
  tools: CarryingOut,
): Promise<Finished | Reverted | undefined> {
  const { action, record, now } = tools;
  switch (work.kind) {
    case 'revert':
      return revert(work.revert, {
        ...{ action, now },
        recordStart: (started) => record([started]),
        halted: () => stopped(tools),
      });
    case 'reconcile':
      return reconcile(work.open, action, now);
    case 'execute': {
      const because = reasonToAbandon(attempted, tools);
      if (because !== undefined) return abandon(work.decided, now(), because);
      return execute(work.decided, {
        ...{ action, now },
        recordStart: (started) => record([started]),
        halted: (decided) => reasonNotToSend(decided, tools),
      });
    }
  }
}

async function reasonNotToAsk(decided: Decided, tools: CarryingOut): Promise<string | undefined> {
  const because = await reasonNotToSend(decided, tools);
  if (because !== undefined) return because;
  if (tools.history.openEpisodes.get(decided.episode)?.state !== 'awaiting_approval') return 'it is settled';
  return (decided.approval?.expiresAt ?? 0) > tools.now() ? undefined : 'it has expired';
}

function reasonToAbandon(
  { isRetry, waitingSinceMs }: Attempted,
  { continuityMs, now }: CarryingOut,
): string | undefined {
  if (isRetry) return 'it could not be started, and nothing was sent';
  const waitedMs = now() - waitingSinceMs;
  if (waitedMs <= continuityMs) return undefined;
  return `it waited ${formatDuration(waitedMs)} for other work on its target, and its facts are out of date`;
}

async function reasonNotToSend(decided: Decided, tools: CarryingOut): Promise<string | undefined> {
  const { episode, rule } = decided;
  const because =
    (await stopped(tools)) ?? pauseOf(rule, tools.history, tools.now()) ?? withdrawn(decided, tools);
  return because ?? (tools.history.openEpisodes.has(episode) ? undefined : 'the episode has ended meanwhile');
}

/** Why a person does not want any more what was decided a moment ago: the rule was set to a mode in which it would not act. */
function withdrawn({ rule, mode: decidedIn }: Decided, { history }: CarryingOut): string | undefined {
  const set = history.setModes.get(rule);
  const acts = set === undefined || set.mode === 'auto' || set.mode === decidedIn;
  return acts ? undefined : `${set.by} has set the rule to ${set.mode} since`;
}

/** Why nothing at all may be sent. */
async function stopped({ killSwitch, isActive }: CarryingOut): Promise<string | undefined> {
  return (await killSwitch()) ?? (isActive() ? undefined : 'this agent no longer leads');
}

function isPending({ kind, episode }: Work, { history }: CarryingOut): boolean {
  return kind === 'revert' ? history.reverts.has(episode) : history.openEpisodes.has(episode);
}
