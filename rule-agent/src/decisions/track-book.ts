import { type Firing, type History, type Results, type Track, trackKey } from '../model/history.ts';
import { LONGEST_FLAPPING_MS, MOST_LOOKS } from '../model/limits.ts';
import type { Match, MatchOutcome } from '../model/match.ts';
import type { Target } from '../model/target.ts';
import { breaker } from './guards/breaker.ts';
import { facts } from './guards/facts.ts';
import { holdOut } from './guards/hold-out.ts';
import { oscillation } from './guards/oscillation.ts';
import { veto } from './guards/veto.ts';

interface Tracks {
  tracks: Map<string, Track>;
}

interface OfTarget {
  rule: string;
  target: Target;
  targetKey: string;
}

const NO_RESULTS: Results = { ruleVersion: '', worsened: 0, useless: 0, noEffect: 0, rolledBack: false };

export function newTrack({ rule, target, targetKey }: OfTarget): Track {
  return { rule, target, targetKey, cooldownUntilMs: 0, results: NO_RESULTS, firingEndsMs: [] };
}

export function trackFor({ tracks }: Tracks, of: OfTarget): Track {
  const key = trackKey(of.rule, of.targetKey);
  let track = tracks.get(key);
  if (track === undefined) {
    track = newTrack(of);
    tracks.set(key, track);
  }
  return track;
}

export function startFiring(track: Track, atMs: number): void {
  track.firing = { sinceMs: atMs, confirmedAtMs: atMs, interrupted: false, looks: [] };
  delete track.suppression;
}

export function endFiring(track: Track, atMs: number): void {
  track.firingEndsMs = [...track.firingEndsMs.filter((ms) => ms > atMs - LONGEST_FLAPPING_MS), atMs];
  forgetFiring(track);
}

/** For a firing that led to an episode: it did not end by itself. */
export function forgetFiring(track: Track): void {
  delete track.firing;
  delete track.suppression;
}

/** The guards to which a person may say that all is well again. */
const RESET: readonly string[] = [breaker.name, oscillation.name, holdOut.name];

export function liftVeto(track: Track): void {
  delete track.veto;
  if (track.suppression?.guard === veto.name) delete track.suppression;
}

export function resetResults(track: Track): void {
  track.results = { ...NO_RESULTS, ruleVersion: track.results.ruleVersion };
  if (track.suppression !== undefined && RESET.includes(track.suppression.guard)) delete track.suppression;
}

/** Notes what a cycle saw, a step for each match. It is not journalled: after a restart only the firings themselves count. */
export function* observe(
  history: Tracks,
  matches: readonly Match[],
  nowMs: number,
): Generator<void, undefined> {
  for (const match of matches) {
    const { rule, target, targetKey } = match;
    look(trackFor(history, { rule: rule.name, target, targetKey }), match, nowMs);
    yield;
  }
}

function look(track: Track, { outcome, because }: Match, nowMs: number): void {
  const { firing } = track;
  track.seen = { atMs: nowMs, outcome, because };
  track.knownAtMs ??= nowMs;
  if (outcome === 'unknown') {
    if (firing !== undefined) firing.interrupted = true;
    return;
  }
  track.knownAtMs = nowMs;
  if (track.suppression?.guard === facts.name) delete track.suppression;
  if (firing === undefined) return;
  firing.confirmedAtMs = nowMs;
  noteLook(firing, outcome);
}

/** For rules whose condition has to hold in some of the last looks. */
export function noteLook(firing: Firing, outcome: MatchOutcome): void {
  firing.looks = [...firing.looks.slice(1 - MOST_LOOKS), outcome === 'firing'];
}

/** After a restart: firings were last watched when the agent last was alive. */
export function resumeFirings(history: Tracks, lastAliveMs: number): void {
  for (const { firing } of history.tracks.values()) {
    if (firing !== undefined) firing.confirmedAtMs = Math.max(firing.confirmedAtMs, lastAliveMs);
  }
}

/** The targets each rule has been seen on. */
export function knownTargets({ tracks }: Pick<History, 'tracks'>): Map<string, Track[]> {
  return Map.groupBy(tracks.values(), ({ rule }) => rule);
}

/** For how long it is remembered of a target that is gone that people know of its firing. */
const REMEMBER_MESSAGES_MS = 24 * 3_600_000;

/** For how long after its last rest it is held against a rule what it did on a target that is gone. */
const REMEMBER_RESULTS_MS = 30 * 24 * 3_600_000;

/** Drops the targets of which nothing has been known since `sinceMs`, unless something is still held against or for them. */
export function forgetGoneTargets(history: Tracks, sinceMs: number, nowMs: number): void {
  for (const [key, track] of history.tracks) {
    track.knownAtMs ??= nowMs;
    const lastsSinceMs =
      track.firing?.message === undefined ? sinceMs : Math.min(sinceMs, nowMs - REMEMBER_MESSAGES_MS);
    const gone =
      track.knownAtMs < lastsSinceMs && track.episode === undefined && track.cooldownUntilMs <= nowMs;
    const isVetoed = track.veto !== undefined && track.veto.untilMs > nowMs;
    const isUnblamed = track.results.worsened + track.results.useless === 0;
    const isForgiven = isUnblamed || track.cooldownUntilMs < nowMs - REMEMBER_RESULTS_MS;
    if (gone && !isVetoed && isForgiven) history.tracks.delete(key);
  }
}
