import type { Decided, GuardName, Pause, Plan } from './event.ts';
import type { MatchOutcome } from './match.ts';
import type { Target } from './target.ts';

/** What is known of one rule on one target. */
export interface Track {
  rule: string;
  target: Target;
  targetKey: string;
  firing?: Firing;
  suppression?: { guard: GuardName; because: string; at: number };
  /** The episode in flight. */
  episode?: string;
  cooldownUntilMs: number;
  /** The last look at it: not journalled, empty after a restart. */
  /** When its facts were last ok; not journalled either. */
  knownAtMs?: number;
  seen?: { atMs: number; outcome: MatchOutcome; because: string };
}

export interface Firing {
  sinceMs: number;
  /** When it was last seen to hold. */
  confirmedAtMs: number;
  /** The facts failed since: `for` has to be fulfilled anew. */
  interrupted: boolean;
}

/** An episode between its decision and its verdict. */
export interface OpenEpisode {
  decided: Decided;
  state: 'decided' | 'executing' | 'settling';
  plan?: Plan;
  idempotencyKey: string;
  settlesAtMs?: number;
}

/** What the past says, as `decide` sees it. */
export interface History {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly openEpisodes: ReadonlyMap<string, OpenEpisode>;
  readonly pauses: ReadonlyMap<string, Pause>;
  readonly killSwitch: { engaged: boolean; because: string };
  /** When actions were started, oldest first. */
  readonly actionStartsMs: readonly number[];
}

/** The name of a rule on a target in `History.tracks`. */
export function trackKey(rule: string, targetKey: string): string {
  return `${rule}${targetKey}`;
}

export const PHASES = [
  'idle',
  'unknown',
  'pending',
  'suppressed',
  'firing',
  'executing',
  'settling',
  'cooldown',
] as const;
export type Phase = (typeof PHASES)[number];

/** The one word for where a rule on a target stands. */
export function phaseOf(track: Track, history: History, nowMs: number): Phase {
  const episode = track.episode === undefined ? undefined : history.openEpisodes.get(track.episode);
  if (episode !== undefined) return episode.state === 'settling' ? 'settling' : 'executing';
  if (track.suppression !== undefined)
    return track.suppression.guard === 'cooldown' ? 'cooldown' : 'suppressed';
  if (track.seen?.outcome === 'unknown') return 'unknown';
  if (nowMs < track.cooldownUntilMs) return 'cooldown';
  if (track.firing === undefined) return 'idle';
  return track.seen?.outcome === 'between' ? 'firing' : 'pending';
}
