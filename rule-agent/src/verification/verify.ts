import { observeSignal } from '../facts/index.ts';
import type { Verdict, Verified } from '../model/event.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';

/** When it is looked, and how old a signal may be. */
export interface AsOf {
  nowMs: number;
  maxAgeMs: number;
}

/** The episodes whose action has had its time to show, and has been watched for its window. */
export function due({ openEpisodes, reverts }: History, nowMs: number): OpenEpisode[] {
  return [...openEpisodes.values()].filter(
    ({ state, measuredAtMs = Infinity, decided }) =>
      state === 'settling' && measuredAtMs <= nowMs && !reverts.has(decided.episode),
  );
}

/** Ends episodes with a verdict, and with the signal as it is now beside it. */
export function verify(
  episodes: readonly OpenEpisode[],
  facts: Facts,
  { nowMs, maxAgeMs }: AsOf,
): Verified[] {
  return episodes.map((episode) => {
    const { expect, target, rule } = episode.decided;
    const observedAfter = observeSignal(facts.signals, { signal: expect.signal, target, maxAgeMs });
    return {
      kind: 'verified',
      at: nowMs,
      episode: episode.decided.episode,
      rule,
      verdict: judge(episode, observedAfter),
      observedAfter,
    };
  });
}

/**
 * Whether the action helped. Two observations cannot tell: a rule fires at an extreme, and extremes fall back by
 * themselves. Until effects are measured against a counterfactual, nothing is called an improvement.
 */
export function judge(_episode: OpenEpisode, _observedAfter: Fact): Verdict {
  return 'inconclusive:not_measured';
}
