import type { Finished } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import type { Action } from './action.ts';
import { type Ending, endingOf, finish } from './endings.ts';

/**
 * Finds out what became of attempts without an outcome, after a crash or an answer that never came. Nothing is applied
 * again.
 *
 * @returns the ends that could be found out; a target that cannot be asked leaves its episode open
 */
export async function reconcile(
  episodes: Iterable<OpenEpisode>,
  action: Action,
  now: () => number,
): Promise<Finished[]> {
  const open = [...episodes].filter(({ state }) => state === 'decided' || state === 'executing');
  const found = await Promise.all(
    open.map(async (episode) => {
      const ending = await findEnding(episode, action);
      return ending && finish(episode.decided, now(), { ...ending, reconciled: true });
    }),
  );
  return found.filter((event) => event !== undefined);
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
