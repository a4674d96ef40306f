import type { Action } from '../src/actions/index.ts';
import { reconcile } from '../src/actions/reconcile.ts';
import type { Plan } from '../src/model/action-request.ts';
import type { Finished } from '../src/model/event.ts';
import { buildDecided, buildEpisode } from './build.ts';

/** How an attempt without an outcome ends, once the target can say so; asked again as cycles do. */
export async function reconciled(action: Action, plan: Plan, episode: string): Promise<Finished> {
  const open = buildEpisode({ decided: buildDecided({ episode }), plan });
  for (;;) {
    const finished = await reconcile(open, { action, waitedMs: 0, now: Date.now });
    if (finished !== undefined) return finished;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
