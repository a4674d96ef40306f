import type { ApprovalEnded, Released } from '../model/event.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Match } from '../model/match.ts';

/** Ends the episodes for which nobody said yes in time. */
export function expiredApprovals(history: History, nowMs: number): ApprovalEnded[] {
  return [...history.openEpisodes.values()]
    .filter((episode) => episode.state === 'awaiting_approval' && isExpired(episode, nowMs))
    .map((episode) => end(episode, 'expired', nowMs));
}

/** What becomes of an episode that waits: it is over when its condition is, and goes on when enough people said yes. */
export function decideApproval(
  episode: OpenEpisode,
  match: Match,
  nowMs: number,
): Released | ApprovalEnded | undefined {
  if (isExpired(episode, nowMs)) return undefined;
  if (match.outcome === 'clear') return end(episode, 'cleared', nowMs);
  const { approvedBy, decided } = episode;
  if (approvedBy.length < (decided.approval?.needed ?? 1)) return undefined;
  return { kind: 'released', ...nameOf(episode, nowMs), approvedBy };
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
