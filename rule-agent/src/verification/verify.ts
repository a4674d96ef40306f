import { observeSignal } from '../facts/index.ts';
import type { JournalEvent, SwitchbackMeasured, Verified } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import { isAtRest } from '../model/next-switch.ts';
import { METHOD } from './judge.ts';
import { requestRevert } from './request-revert.ts';

/** When it is looked, and how old a signal may be. */
export interface AsOf {
  nowMs: number;
  maxAgeMs: number;
}

/** The episodes whose action has had its time to show, and has been watched for its window, or whose switchback was cut short. */
export function due(history: History, nowMs: number): OpenEpisode[] {
  return [...history.openEpisodes.values()].filter((episode) => isDue(episode, history, nowMs));
}

export function isDue(episode: OpenEpisode, { reverts }: Pick<History, 'reverts'>, nowMs: number): boolean {
  const { state, measuredAtMs = Infinity, decided, switchback } = episode;
  const isOver = measuredAtMs <= nowMs || switchback?.ended !== undefined;
  return state === 'settling' && isOver && isAtRest(episode) && !reverts.has(decided.episode);
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

/** Whether it is a switchback that has to be measured, before its action is set to where it is to stay. */
export function isToMeasure({ switchback }: OpenEpisode): boolean {
  return switchback !== undefined && switchback.ended === undefined;
}

export function switchbackMeasured(
  { decided }: OpenEpisode,
  { judgement, because }: Finding,
  nowMs: number,
): SwitchbackMeasured {
  const { episode, rule } = decided;
  const measured = { kind: 'switchback_measured', at: nowMs, episode, rule, judgement } as const;
  return { ...measured, ...(because !== undefined && { because }) };
}

/** What a switchback that is over came to, as the journal has it; undefined of what is none. */
export function findingOfSwitchback({ switchback }: OpenEpisode): Finding | undefined {
  if (switchback?.ended === undefined) return undefined;
  const { judgement = CUT_SHORT, because } = switchback.ended;
  return { judgement, because };
}

const CUT_SHORT: Judgement = { verdict: 'inconclusive:switchback_cut_short', method: METHOD };

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
