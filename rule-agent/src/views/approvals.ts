import type { History } from '../model/history.ts';
import { toActionShape, toFactShapes, toTime } from './shapes.ts';

/** What waits for a person, the first to expire first. */
export function reportApprovals({ openEpisodes }: History) {
  return [...openEpisodes.values()]
    .filter(({ state }) => state === 'awaiting_approval')
    .sort((a, b) => (a.decided.approval?.expiresAt ?? 0) - (b.decided.approval?.expiresAt ?? 0))
    .map(({ decided, approvedBy }) => ({
      episode: decided.episode,
      rule: decided.rule,
      target: decided.target,
      action: toActionShape(decided.action),
      decided_at: toTime(decided.at),
      expires_at: toTime(decided.approval?.expiresAt),
      needed: decided.approval?.needed ?? 1,
      approved_by: approvedBy,
      facts: toFactShapes(decided.facts),
    }));
}
