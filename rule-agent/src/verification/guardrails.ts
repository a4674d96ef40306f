import { observeSignal } from '../facts/index.ts';
import { GUARDRAIL, type RevertRequested } from '../model/event.ts';
import type { Facts } from '../model/fact.ts';
import type { History, OpenEpisode } from '../model/history.ts';
import type { Guardrail } from '../model/rule.ts';
import { requestRevert } from './request-revert.ts';
import type { AsOf } from './verify.ts';

/** The actions under way that pushed another signal beyond its bound. A signal that is not known breaches nothing. */
export function breaches({ openEpisodes, reverts }: History, facts: Facts, look: AsOf): RevertRequested[] {
  return (
    [...openEpisodes.values()]
      .filter(({ state, decided }) => state === 'settling' && !reverts.has(decided.episode))
      // While a switchback has it off, whatever happens is not its doing.
      .filter(({ switchback }) => switchback?.isOn !== false)
      .flatMap((episode) => {
        const because = breachOf(episode, facts, look);
        return because === undefined || episode.plan === undefined
          ? []
          : [requestRevert(episode, { by: GUARDRAIL, because, at: look.nowMs, plan: episode.plan })];
      })
  );
}

function breachOf({ decided }: OpenEpisode, facts: Facts, { maxAgeMs }: AsOf): string | undefined {
  for (const guardrail of decided.expect.guardrails) {
    const { signal } = guardrail;
    const fact = observeSignal(facts.signals, { signal, target: decided.target, maxAgeMs });
    if (fact.status === 'ok' && isBeyond(guardrail, fact.value)) return `${signal} is ${fact.value}`;
  }
  return undefined;
}

function isBeyond({ above = Infinity, below = -Infinity }: Guardrail, value: number): boolean {
  return value > above || value < below;
}
