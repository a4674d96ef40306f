import { formatDuration } from '@evenkeel/toolkit';
import type { Plan } from '../model/action-request.ts';
import type { Finished } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import type { Action } from './action.ts';
import { type Ending, endingOf, finish, NEVER_BEGUN } from './endings.ts';

export interface Reconciling {
  action: Action;
  /** For how long this agent has tried. */
  waitedMs: number;
  now: () => number;
}

/** A system may be missing in the configuration by mistake. Its episodes end when nobody has put it back for so long. */
const GONE_FOR_MS = 3_600_000;

/**
 * Finds out what became of an attempt without an outcome, after a crash or a response that never came. Nothing is applied again.
 *
 * @returns how it ended; undefined while the target cannot be asked: the episode stays open
 */
export async function reconcile(
  episode: OpenEpisode,
  { action, waitedMs, now }: Reconciling,
): Promise<Finished | undefined> {
  const ending = await findEnding(episode, action, waitedMs);
  return ending && finish(episode.decided, now(), { ...ending, reconciled: true });
}

async function findEnding(
  { state, plan, cutOff }: OpenEpisode,
  action: Action,
  waitedMs: number,
): Promise<Ending | undefined> {
  if (state === 'decided' || plan === undefined) {
    return { outcome: 'abandoned', because: NEVER_BEGUN };
  }
  const inspection = await action.verify(plan);
  if (inspection === 'gone' && waitedMs >= GONE_FOR_MS) return endOfGone(plan);
  // The agent's fault, not the action's: only what was tried to the end may count against the rule.
  if (cutOff === true && inspection === 'not_applied') {
    return { outcome: 'abandoned', because: 'the agent stopped in the middle; nothing was changed', plan };
  }
  return endingOf(inspection, plan, NOT_RECORDED);
}

const NOT_RECORDED = 'the outcome was not recorded';

function endOfGone(plan: Plan): Ending {
  const missing = `${plan.system} is not in the configuration, and was not put back for ${formatDuration(GONE_FOR_MS)}`;
  return { outcome: 'unclear', because: `${NOT_RECORDED}; ${missing}`, plan };
}
