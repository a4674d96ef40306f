import type { ApprovalEnded, Released } from '../model/event.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';

/** Ends the episodes for which nobody said yes in time, and those whose rule no longer asks. */
export function endedApprovals(
  history: History,
  rules: ReadonlyMap<string, Rule>,
  nowMs: number,
): ApprovalEnded[] {
  return [...history.openEpisodes.values()]
    .filter(({ state }) => state === 'awaiting_approval')
    .flatMap((episode) => {
      const because = supersededBy(episode, rules.get(episode.decided.rule));
      if (because !== undefined) return [{ ...end(episode, 'superseded', nowMs), because }];
      return isExpired(episode, nowMs) ? [end(episode, 'expired', nowMs)] : [];
    });
}

/** What becomes of an episode that waits: it is over when its condition is, and goes on when enough people said yes. */
export function decideApproval(
  episode: OpenEpisode,
  match: Match,
  nowMs: number,
): Released | ApprovalEnded | undefined {
  if (isExpired(episode, nowMs) || supersededBy(episode, match.rule) !== undefined) return undefined;
  if (match.outcome === 'clear') return end(episode, 'cleared', nowMs);
  const { approvedBy, decided } = episode;
  if (approvedBy.length < (decided.approval?.needed ?? 1)) return undefined;
  return { kind: 'released', ...nameOf(episode, nowMs), approvedBy };
}

/** Why the rule is no longer the one that asked. A yes to what it no longer wants, or now does unasked, would mean nothing. */
function supersededBy({ decided }: OpenEpisode, rule: Rule | undefined): string | undefined {
  if (rule === undefined) return 'the rule is gone';
  if (rule.version !== decided.ruleVersion) return 'the rule was changed';
  return rule.mode === 'approve' ? undefined : `the rule is in mode ${rule.mode} now`;
}

function isExpired({ decided }: OpenEpisode, nowMs: number): boolean {
  return (decided.approval?.expiresAt ?? 0) <= nowMs;
}

function end(episode: OpenEpisode, reason: ApprovalEnded['reason'], nowMs: number): ApprovalEnded {
  return { kind: 'approval_ended', ...nameOf(episode, nowMs), reason };
}

function nameOf({ decided }: OpenEpisode, at: number) {
  const { rule, ruleVersion, target, targetKey, episode } = decided;
  return { at, rule, ruleVersion, target, targetKey, episode };
}
