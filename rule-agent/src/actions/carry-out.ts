import { formatDuration } from '@evenkeel/toolkit';
import type { Decided, Finished, JournalEvent, Reverted, SwitchEnded } from '../model/event.ts';
import { type History, trackKey } from '../model/history.ts';
import { pauseOf } from '../model/pause.ts';
import type { Rule } from '../model/rule.ts';
import type { Action } from './action.ts';
import { abandon } from './endings.ts';
import { askForApproval } from './ask-for-approval.ts';
import { execute } from './execute.ts';
import type { KillSwitch } from './kill-switch.ts';
import type { Work } from './pending-work.ts';
import { reconcile } from './reconcile.ts';
import { revert } from './revert.ts';
import { switchAction } from './switch.ts';
import type { WriteAhead } from './write-ahead.ts';

export interface CarryingOut {
  action: Action;
  history: Pick<History, 'openEpisodes' | 'reverts' | 'pauses' | 'setModes' | 'tracks'>;
  /** Those in force. */
  rules: () => readonly Pick<Rule, 'name' | 'version' | 'mode'>[];
  writeAhead: WriteAhead;
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
): Promise<Finished | Reverted | SwitchEnded | undefined> {
  const { action, writeAhead, now } = tools;
  switch (work.kind) {
    case 'revert':
      return revert(work.revert, {
        ...{ action, writeAhead, now },
        halted: () => stopped(tools),
      });
    case 'reconcile':
      return reconcile(work.open, { action, now, waitedMs: now() - attempted.waitingSinceMs });
    case 'switch':
      return switchAction(work.open, { ...tools, unwanted: () => unwanted(work.open.decided, tools) });
    case 'execute': {
      const because = reasonToAbandon(attempted, tools);
      if (because !== undefined) return abandon(work.decided, now(), because);
      return execute(work.decided, {
        ...{ action, writeAhead, now },
        halted: (decided) => reasonNotToSend(decided, tools),
      });
    }
  }
}

async function reasonNotToAsk(decided: Decided, tools: CarryingOut): Promise<string | undefined> {
  const because = await unwanted(decided, tools);
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
  const because = await unwanted(decided, tools);
  return because ?? (isUnsettled(decided.episode, tools) ? undefined : 'the episode has ended meanwhile');
}

async function unwanted(decided: Decided, tools: CarryingOut): Promise<string | undefined> {
  const because = (await stopped(tools)) ?? pauseOf(decided.rule, tools.history, tools.now());
  return because ?? withdrawn(decided, tools) ?? vetoed(decided, tools);
}

/** Why nobody wants any more what was decided a moment ago: the rule is no longer the one that decided it, or would not act now. */
function withdrawn(decided: Decided, { history, rules }: CarryingOut): string | undefined {
  const rule = rules().find(({ name }) => name === decided.rule);
  if (rule === undefined) return 'the rule was removed since';
  const set = history.setModes.get(rule.name);
  if (rule.mode !== 'auto' && rule.mode !== decided.mode) {
    return set === undefined
      ? `the rule is in mode ${rule.mode} since`
      : `${set.by} has set the rule to ${set.mode} since`;
  }
  return rule.version === decided.ruleVersion ? undefined : 'the rule was changed since';
}

/** A person's no to an earlier action of this rule on this target. */
function vetoed({ rule, targetKey }: Decided, { history, now }: CarryingOut): string | undefined {
  const veto = history.tracks.get(trackKey(rule, targetKey))?.veto;
  if (veto === undefined || now() >= veto.untilMs) return undefined;
  return `${veto.by} has ${veto.what} the action before it: ${veto.because}`;
}

/** Why nothing at all may be sent. */
async function stopped({ killSwitch, isActive }: CarryingOut): Promise<string | undefined> {
  return (await killSwitch()) ?? (isActive() ? undefined : 'this agent no longer leads');
}

function isPending({ kind, episode }: Work, tools: CarryingOut): boolean {
  if (kind === 'switch') return tools.history.openEpisodes.has(episode);
  return kind === 'revert' ? tools.history.reverts.has(episode) : isUnsettled(episode, tools);
}

/** Whether it is open how the action of an episode ends. */
function isUnsettled(episode: string, { history }: CarryingOut): boolean {
  const state = history.openEpisodes.get(episode)?.state;
  return state === 'decided' || state === 'executing';
}
