import { observeSignal } from '../facts/index.ts';
import type { JournalEvent, Verified } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import { requestRevert } from './request-revert.ts';

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

/** What an episode came to. */
export interface Finding {
  judgement: Judgement;
  because?: string | undefined;
}

/** Ends an episode with its verdict, and with the signal as it is now beside it. */
export function verified(
  { decided }: OpenEpisode,
  { judgement, because }: Finding,
  { facts, nowMs, maxAgeMs }: AsOf & { facts: Facts },
): Verified {
  const { expect, target, rule, episode } = decided;
  return {
    ...{ kind: 'verified', at: nowMs, episode, rule, verdict: judgement.verdict },
    observedAfter: observeSignal(facts.signals, { signal: expect.signal, target, maxAgeMs }),
    judgement,
    ...(because !== undefined && { because }),
  };
}

/** Who asks for a revert when an action has made things worse. */
export const VERDICT = 'verdict';

/** What follows from a verdict at once: what made things worse is reverted, if it can be. */
export function consequences(
  episode: OpenEpisode,
  { judgement }: Finding,
  { nowMs, isRevertible }: { nowMs: number; isRevertible: boolean },
): JournalEvent[] {
  const { plan } = episode;
  if (judgement.verdict !== 'worsened' || plan === undefined || !isRevertible) return [];
  const because = `it made ${episode.decided.expect.signal} worse`;
  return [requestRevert(episode, { by: VERDICT, because, at: nowMs, plan })];
}
