import type { Decided } from '../model/event.ts';
import type { ReplayedFiring } from './firing-log.ts';

/** The episodes that began on the target while a firing lasted, of whatever rule. */
export function episodesDuring(
  firing: ReplayedFiring,
  episodes: readonly Decided[],
  slackMs: number,
): string[] {
  return episodes
    .filter((episode) => episode.targetKey === firing.targetKey && beganDuring(episode, firing, slackMs))
    .map(({ episode }) => episode);
}

/** Episodes of the replayed rules at which the replay has no firing: what it does not show as it was. */
export function episodesWithoutFiring(
  firings: readonly ReplayedFiring[],
  { episodes, rules, slackMs }: { episodes: readonly Decided[]; rules: readonly string[]; slackMs: number },
): Decided[] {
  const isShown = (episode: Decided) =>
    firings.some(
      (firing) =>
        firing.rule === episode.rule &&
        firing.targetKey === episode.targetKey &&
        beganDuring(episode, firing, slackMs),
    );
  return episodes.filter((episode) => rules.includes(episode.rule) && !isShown(episode));
}

/** The agent looked between two looks of the replay: a firing may have begun and ended up to a step away from what is seen here. */
function beganDuring(
  { at }: Decided,
  { startMs, endMs = Infinity }: ReplayedFiring,
  slackMs: number,
): boolean {
  return at >= startMs - slackMs && at <= endMs + slackMs;
}
