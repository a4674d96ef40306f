import type { History, Track } from '../model/history.ts';
import type { Phase } from '../model/phase.ts';
import { resting } from './guards/cooldown.ts';
import { guardNamed } from './guards/index.ts';

/** The one word for where a rule on a target stands. */
export function phaseOf(track: Track, history: History, nowMs: number): Phase {
  return (
    phaseOfEpisode(track, history, nowMs) ??
    phaseOfSuppression(track) ??
    phaseOfRest(track, nowMs) ??
    (track.firing === undefined ? 'idle' : track.seen?.outcome === 'between' ? 'firing' : 'pending')
  );
}

function phaseOfEpisode({ episode: id }: Track, history: History, nowMs: number): Phase | undefined {
  const episode = id === undefined ? undefined : history.openEpisodes.get(id);
  if (episode === undefined) return undefined;
  if (history.reverts.has(episode.decided.episode)) return 'reverting';
  if (episode.state === 'awaiting_approval') return 'awaiting_approval';
  if (episode.state !== 'settling') return 'executing';
  return nowMs < (episode.settlesAtMs ?? 0) ? 'settling' : 'measuring';
}

/** What the guard makes of it that objected last; one that is no longer there has none. */
function phaseOfSuppression(track: Track): Phase | undefined {
  const { suppression } = track;
  if (suppression === undefined) return undefined;
  return guardNamed(suppression.guard)?.phase?.(track) ?? 'suppressed';
}

function phaseOfRest(track: Track, nowMs: number): Phase | undefined {
  if (track.seen?.outcome === 'unknown') return 'unknown';
  return nowMs < track.cooldownUntilMs ? resting(track) : undefined;
}
