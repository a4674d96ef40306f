import type { Action } from '../../rule-agent/src/actions/index.ts';
import { reconcile } from '../../rule-agent/src/actions/reconcile.ts';
import type { Finished } from '../../rule-agent/src/model/event.ts';
import type { Plan } from '../../rule-agent/src/model/action-request.ts';
import { buildDecided, buildEpisode } from '../../rule-agent/test/build.ts';

/** How an attempt without an outcome ends, once the target can say so; asked again as cycles do. */
export async function reconciled(action: Action, plan: Plan, episode: string): Promise<Finished> {
  const open = buildEpisode({ decided: buildDecided({ episode }), plan });
  for (;;) {
    const finished = await reconcile(open, action, Date.now);
    if (finished !== undefined) return finished;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
