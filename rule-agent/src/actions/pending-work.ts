import type { Decided } from '../model/event.ts';
import type { ApprovalMessage } from './approval-message.ts';
import type { OpenEpisode, PendingRevert } from '../model/history.ts';
import { nextSwitch } from '../model/next-switch.ts';
import { resourceOf, resourceOfPlan } from './kind-of.ts';

/** Something that has to be done at a target system. */
export type Work = WorkOf &
  (
    | { kind: 'revert'; revert: PendingRevert }
    /** An attempt whose outcome is not known: whoever carried it out is gone, or had no clear response. */
    | { kind: 'reconcile'; open: OpenEpisode }
    | { kind: 'execute'; decided: Decided }
    /** The action of a switchback is to be set on or off, or it has to be found out what became of that. */
    | { kind: 'switch'; open: OpenEpisode }
    /** People are to be told that an approval waits. */
    | { kind: 'ask'; decided: Decided; message: ApprovalMessage }
  );

interface WorkOf {
  episode: string;
  rule: string;
  system: string;
  /** Of two pieces of work that share one of these, the later one waits. */
  locks: readonly string[];
  /** After an attempt that failed: when that was, and how long the next one waits. */
  pause?: { sinceMs: number; forMs: number };
}

/** The most urgent first. */
export const BY_URGENCY: readonly Work['kind'][] = ['revert', 'reconcile', 'switch', 'execute', 'ask'];

/** What the history says of an episode. */
export interface EpisodeState {
  open: OpenEpisode | undefined;
  revert: PendingRevert | undefined;
}

/**
 * What has to be done for an episode by now, if anything: a revert comes before all else.
 *
 * @param message how people are told that an approval waits; nobody is told without it
 */
export function pendingWork(
  { open, revert }: EpisodeState,
  nowMs: number,
  message?: ApprovalMessage,
): Work | undefined {
  if (revert !== undefined) return toRevert(revert);
  if (open === undefined) return undefined;
  if (hasNoOutcome(open)) return toReconcile(open);
  if (isToSwitch(open, nowMs)) return toSwitch(open);
  if (isToExecute(open)) return toExecute(open.decided);
  return message !== undefined && isToAsk(open) ? toAsk(open, message) : undefined;
}

function hasNoOutcome({ state, cutOff }: OpenEpisode): boolean {
  return state === 'executing' || (state === 'decided' && cutOff === true);
}

function isToExecute({ state, cutOff }: OpenEpisode): boolean {
  return state === 'decided' && cutOff !== true;
}

function isToSwitch(episode: OpenEpisode, nowMs: number): boolean {
  return episode.switchback?.switching !== undefined || (nextSwitch(episode)?.atMs ?? Infinity) <= nowMs;
}

/** With the pauses between them, over about four minutes. */
const MOST_ATTEMPTS_TO_ASK = 8;
const FIRST_PAUSE_MS = 2_000;

function isToAsk({ state, ask }: OpenEpisode): boolean {
  if (state !== 'awaiting_approval') return false;
  return ask === undefined || (!ask.sent && ask.attempts < MOST_ATTEMPTS_TO_ASK);
}

function toRevert(revert: PendingRevert): Work {
  const { plan, ...requested } = revert.requested;
  const resource = resourceOfPlan(plan, requested.target);
  return { kind: 'revert', revert, ...workOf(requested, plan.system, resource) };
}

function toReconcile(open: OpenEpisode): Work {
  const { action, ...decided } = open.decided;
  return { kind: 'reconcile', open, ...workOf(decided, action.system, resourceOf(action, decided.target)) };
}

function toSwitch(open: OpenEpisode): Work {
  const { action, ...decided } = open.decided;
  return { kind: 'switch', open, ...workOf(decided, action.system, resourceOf(action, decided.target)) };
}

function toExecute(decided: Decided): Work {
  const { action, target } = decided;
  return { kind: 'execute', decided, ...workOf(decided, action.system, resourceOf(action, target)) };
}

/** Neither its episode, nor a system that others act on, waits for it. */
function toAsk({ decided, ask }: OpenEpisode, message: ApprovalMessage): Work {
  const { episode, rule } = decided;
  return {
    ...{ kind: 'ask', decided, message, episode, rule },
    ...{ system: 'approvals', locks: [`approval ${episode}`] },
    ...(ask !== undefined && {
      pause: { sinceMs: ask.atMs, forMs: FIRST_PAUSE_MS * 2 ** (ask.attempts - 1) },
    }),
  };
}

/** One at a time for each episode, each thing that is moved, and each target of a rule in a system. */
function workOf(
  { episode, rule, targetKey }: Pick<Decided, 'episode' | 'rule' | 'targetKey'>,
  system: string,
  resource: string | undefined,
): WorkOf {
  const locks = [`episode ${episode}`, `target ${system} ${targetKey}`];
  return {
    episode,
    rule,
    system,
    locks: resource === undefined ? locks : [...locks, `resource ${resource}`],
  };
}
