import type { Decided, Finished, JournalEvent, Pause, Verified } from '../model/event.ts';
import { type History, type OpenEpisode, type Track, trackKey } from '../model/history.ts';
import type { Match } from '../model/match.ts';
import type { Target } from '../model/target.ts';

/** The history while it is being written. Only this file changes it, and what counts only by events that are journalled. */
export interface HistoryBook extends History {
  tracks: Map<string, Track>;
  openEpisodes: Map<string, OpenEpisode>;
  pauses: Map<string, Pause>;
  killSwitch: { engaged: boolean; because: string };
  actionStartsMs: number[];
}

/** The longest window a budget may have: older starts are forgotten. */
export const LONGEST_BUDGET_MS = 86_400_000;

export function emptyHistory(): HistoryBook {
  return {
    tracks: new Map(),
    openEpisodes: new Map(),
    pauses: new Map(),
    killSwitch: { engaged: false, because: '' },
    actionStartsMs: [],
  };
}

/** Enters one journalled event. Replaying the whole journal through this gives the history it had when it was written. */
export function record(history: HistoryBook, event: JournalEvent): void {
  switch (event.kind) {
    case 'firing_started':
      startFiring(trackFor(history, event), event.at);
      break;
    case 'firing_ended':
      endFiring(trackFor(history, event));
      break;
    case 'suppressed': {
      const { guard, because, at } = event;
      trackFor(history, event).suppression = { guard, because, at };
      break;
    }
    case 'decided':
      recordDecided(history, event);
      break;
    case 'started':
      history.actionStartsMs = history.actionStartsMs.filter((ms) => ms > event.at - LONGEST_BUDGET_MS);
      history.actionStartsMs.push(event.at);
      updateEpisode(history, event.episode, {
        state: 'executing',
        plan: event.plan,
        idempotencyKey: event.idempotencyKey,
      });
      break;
    case 'finished':
      recordFinished(history, event);
      break;
    case 'verified':
      closeEpisode(history, event);
      break;
    case 'pause_created':
      history.pauses.set(event.pause.id, event.pause);
      break;
    case 'pause_ended':
      history.pauses.delete(event.id);
      break;
    case 'kill_switch_changed':
      history.killSwitch = { engaged: event.engaged, because: event.because };
      break;
    default:
  }
}

/** Notes what a cycle saw. It is not journalled: after a restart only the firings themselves count. */
export function observe(history: HistoryBook, matches: readonly Match[], nowMs: number): void {
  for (const { rule, target, targetKey, outcome, because } of matches) {
    const track = trackFor(history, { rule: rule.name, target, targetKey });
    track.seen = { atMs: nowMs, outcome, because };
    track.knownAtMs ??= nowMs;
    if (outcome === 'unknown') {
      if (track.firing !== undefined) track.firing.interrupted = true;
      continue;
    }
    track.knownAtMs = nowMs;
    if (track.firing !== undefined) track.firing.confirmedAtMs = nowMs;
    if (track.suppression?.guard === 'facts') delete track.suppression;
  }
}

/** After a restart: firings were last watched when the agent last was alive. */
export function resumeFirings(history: HistoryBook, lastAliveMs: number): void {
  for (const { firing } of history.tracks.values()) {
    if (firing !== undefined) firing.confirmedAtMs = Math.max(firing.confirmedAtMs, lastAliveMs);
  }
}

/** The targets each rule has been seen on. */
export function knownTargets(history: History): Map<string, Target[]> {
  const known = new Map<string, Target[]>();
  for (const { rule, target } of history.tracks.values()) {
    const targets = known.get(rule);
    if (targets === undefined) known.set(rule, [target]);
    else targets.push(target);
  }
  return known;
}

/** Drops the targets of which nothing has been known since `sinceMs`, unless they have something in flight or cool down. */
export function forgetGoneTargets(history: HistoryBook, sinceMs: number, nowMs: number): void {
  for (const [key, track] of history.tracks) {
    track.knownAtMs ??= nowMs;
    const gone = track.knownAtMs < sinceMs && track.episode === undefined;
    if (gone && track.cooldownUntilMs <= nowMs) history.tracks.delete(key);
  }
}

interface OfTarget {
  rule: string;
  target: Target;
  targetKey: string;
}

function trackFor(history: HistoryBook, { rule, target, targetKey }: OfTarget): Track {
  const key = trackKey(rule, targetKey);
  let track = history.tracks.get(key);
  if (track === undefined) {
    track = { rule, target, targetKey, cooldownUntilMs: 0 };
    history.tracks.set(key, track);
  }
  return track;
}

function startFiring(track: Track, atMs: number): void {
  track.firing = { sinceMs: atMs, confirmedAtMs: atMs, interrupted: false };
  delete track.suppression;
}

function endFiring(track: Track): void {
  delete track.firing;
  delete track.suppression;
}

/** A decision uses its firing up: a condition that goes on holding has to fulfil `for` again, under a new key. */
function recordDecided(history: HistoryBook, event: Decided): void {
  const track = trackFor(history, event);
  endFiring(track);
  if (event.mode === 'shadow') {
    // As long as the action would have kept the rule busy, so that shadow counts episodes as auto would.
    track.cooldownUntilMs = event.at + event.expect.settleMs + event.cooldownMs;
    return;
  }
  track.episode = event.episode;
  history.openEpisodes.set(event.episode, {
    decided: event,
    state: 'decided',
    idempotencyKey: event.idempotencyKey,
  });
}

function recordFinished(history: HistoryBook, event: Finished): void {
  const episode = history.openEpisodes.get(event.episode);
  if (episode === undefined) return;
  if (event.outcome !== 'applied') {
    closeEpisode(history, event);
    return;
  }
  updateEpisode(history, event.episode, {
    state: 'settling',
    settlesAtMs: event.at + episode.decided.expect.settleMs,
  });
}

function closeEpisode(history: HistoryBook, { episode: id, at }: Finished | Verified): void {
  const episode = history.openEpisodes.get(id);
  if (episode === undefined) return;
  history.openEpisodes.delete(id);
  const track = trackFor(history, episode.decided);
  delete track.episode;
  track.cooldownUntilMs = at + episode.decided.cooldownMs;
}

function updateEpisode(history: HistoryBook, id: string, change: Partial<OpenEpisode>): void {
  const episode = history.openEpisodes.get(id);
  if (episode !== undefined) history.openEpisodes.set(id, { ...episode, ...change });
}
