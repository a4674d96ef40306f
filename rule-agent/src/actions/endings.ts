import type { Plan } from '../model/action-request.ts';
import type { Decided, Finished, Outcome } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';
import type { Inspection } from './action.ts';

/** How an attempt ended, before it is known of which episode. */
export interface Ending {
  outcome: Outcome;
  because?: string;
  plan?: Plan;
}

export function finish(
  { episode, rule }: Pick<OpenEpisode['decided'], 'episode' | 'rule'>,
  at: number,
  ending: Ending & { reconciled?: boolean },
): Finished {
  const { outcome, because, plan, reconciled = false } = ending;
  return {
    kind: 'finished',
    at,
    episode,
    rule,
    outcome,
    ...(because === undefined ? {} : { because }),
    ...(plan === undefined ? {} : { plan }),
    reconciled,
  };
}

/** What the target itself says became of a plan; undefined while it cannot be asked. */
export function endingOf(inspection: Inspection, plan: Plan, doubt: string): Ending | undefined {
  switch (inspection) {
    case 'unreachable':
    case 'gone':
      return undefined;
    case 'applied':
      return { outcome: 'applied', plan };
    case 'not_applied':
      return { outcome: 'failed', because: `${doubt}; nothing was changed`, plan };
    case 'neither':
      return { outcome: 'unclear', because: `${doubt}; the target stands at neither value`, plan };
    case 'unknowable':
      return { outcome: 'unclear', because: `${doubt}; the target cannot be asked what became of it`, plan };
  }
}

/** Of what the agent could no longer begin. */
export const NEVER_BEGUN = 'the agent stopped before anything was sent';

/** The end of an episode whose action was never sent. */
export function abandon(decided: Decided, at: number, because: string): Finished {
  return finish(decided, at, { outcome: 'abandoned', because });
}
