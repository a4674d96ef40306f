import type { Finished } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import type { Action } from './action.ts';
import { type Ending, endingOf, finish } from './endings.ts';

/**
 * Finds out what became of an attempt without an outcome, after a crash or a response that never came. Nothing is applied again.
 *
 * @returns how it ended; undefined while the target cannot be asked: the episode stays open
 */
export async function reconcile(
  episode: OpenEpisode,
  action: Action,
  now: () => number,
): Promise<Finished | undefined> {
  const ending = await findEnding(episode, action);
  return ending && finish(episode.decided, now(), { ...ending, reconciled: true });
}

async function findEnding({ state, plan, cutOff }: OpenEpisode, action: Action): Promise<Ending | undefined> {
  if (state === 'decided' || plan === undefined) {
    return { outcome: 'abandoned', because: 'the agent stopped before anything was sent' };
  }
  const inspection = await action.verify(plan);
  // The agent's fault, not the action's: only what was tried to the end may count against the rule.
  if (cutOff === true && inspection === 'not_applied') {
    return { outcome: 'abandoned', because: 'the agent stopped in the middle; nothing was changed', plan };
  }
  return endingOf(inspection, plan, 'the outcome was not recorded');
}
