import type { RevertRequested } from '../model/event.ts';
import type { OpenEpisode } from '../model/history.ts';

type Request = Pick<RevertRequested, 'by' | 'because' | 'at' | 'plan' | 'rest'>;

/** A person, a guardrail or a verdict wants the action of an episode undone. */
export function requestRevert({ decided }: Pick<OpenEpisode, 'decided'>, request: Request): RevertRequested {
  const { rule, ruleVersion, target, targetKey, episode, cooldownMs } = decided;
  return {
    kind: 'revert_requested',
    rule,
    ruleVersion,
    target,
    targetKey,
    episode,
    cooldownMs,
    ...request,
  };
}
