import { observeSignal } from '../facts/index.ts';
import type { Verdict, Verified } from '../model/event.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';

/** The episodes whose action has had its time to show. */
export function due(history: History, nowMs: number): OpenEpisode[] {
  return [...history.openEpisodes.values()].filter(
    ({ state, settlesAtMs }) => state === 'settling' && settlesAtMs !== undefined && settlesAtMs <= nowMs,
  );
}

/** Ends episodes with a verdict, and with the signal as it is now beside it. */
export function verify(
  episodes: readonly OpenEpisode[],
  facts: Facts,
  { nowMs, maxAgeMs }: { nowMs: number; maxAgeMs: number },
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
