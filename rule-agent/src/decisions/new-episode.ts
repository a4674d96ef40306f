import { observeSignal } from '../facts/index.ts';
import type { Decided } from '../model/event.ts';
import type { Match } from '../model/match.ts';
import type { SilenceWish } from '../model/rule.ts';
import { drawOrder, watchedForMs } from '../model/switchback.ts';
import { episodeName, firingKey } from './firing-key.ts';
import type { Candidate, GuardSituation } from './guards/guard.ts';
import { ofTarget } from './of-target.ts';

/** The start of an episode: everything that is needed to carry it out, and to judge it later. */
export function newEpisode(
  { match, track, firingStart }: Candidate,
  { facts, policy, nowMs }: GuardSituation,
): Decided {
  const { rule, target } = match;
  const idempotencyKey = firingKey(match, firingStart);
  const { switchback } = rule.expect;
  const { expiresMs, needed } = policy.approval;
  return {
    kind: 'decided',
    ...ofTarget(match, nowMs),
    episode: episodeName(rule, idempotencyKey),
    // Rules that are off are not evaluated, and anything that is neither auto nor approve must not act.
    mode: rule.mode === 'auto' || rule.mode === 'approve' ? rule.mode : 'shadow',
    priority: rule.priority,
    firingStart,
    idempotencyKey,
    action: rule.action,
    expect: rule.expect,
    cooldownMs: rule.cooldownMs,
    facts: match.facts,
    observedBefore: observeSignal(facts.signals, {
      signal: rule.expect.signal,
      target,
      maxAgeMs: policy.maxAgeMs,
    }),
    ...(rule.silence !== undefined && { silence: silenceOf(rule.silence, match) }),
    ...(track.leftAlone?.firingStart === firingStart && { afterControl: true as const }),
    ...(rule.mode === 'approve' && { approval: { expiresAt: nowMs + expiresMs, needed } }),
    ...(switchback !== undefined && { switchbackOrder: drawOrder(switchback, idempotencyKey) }),
  };
}

/** What an action takes beside the time to show and to be watched: applying it, and looking at last. */
const ALLOWANCE_MS = 60_000;

/** Only alerts that have every label of the target, for as long as the action should take and no longer than the rule says. */
function silenceOf(wish: SilenceWish, { rule: { expect }, target }: Match): NonNullable<Decided['silence']> {
  const expectedMs = watchedForMs(expect) + ALLOWANCE_MS;
  return {
    system: wish.system,
    matchers: { ...wish.matchers, ...target },
    mostMs: Math.min(expectedMs, wish.mostMs),
  };
}
