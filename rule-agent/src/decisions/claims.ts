import { isMessage, resourceOf, resourceOfPlan } from '../actions/kind-of.ts';
import type { Decided } from '../model/event.ts';
import type { ActionStart, History } from '../model/history.ts';
import { coversLabels, type Target } from '../model/target.ts';

/** What actions in flight hold, and how many of them the budgets do not count yet. */
export interface Claims {
  /** Knob or the like -> who holds it. */
  resources: Map<string, string>;
  /** Signals that are being measured. */
  measured: { signal: string; target: Target; holder: string }[];
  /** Decided and not started: they will use up budget. */
  unstarted: Omit<ActionStart, 'atMs'>[];
  /** Rule -> the targets it works on. */
  touched: Map<string, Set<string>>;
}

/** What open episodes and pending reverts hold. What waits for a person holds nothing: it is asked again when it is released. */
export function openClaims(history: History): Claims {
  const claims: Claims = { resources: new Map(), measured: [], unstarted: [], touched: new Map() };
  for (const { decided, state } of history.openEpisodes.values()) {
    if (state === 'awaiting_approval') continue;
    hold(claims, decided);
    if (state === 'decided') claims.unstarted.push(toStart(decided));
  }
  for (const { requested } of history.reverts.values()) {
    const resource = resourceOfPlan(requested.plan, requested.target);
    if (resource !== undefined) claims.resources.set(resource, `the revert of ${requested.episode}`);
  }
  return claims;
}

/** Reserves what a decided action needs, against the candidates after it. */
export function claimFor(claims: Claims, decided: Decided): void {
  hold(claims, decided);
  claims.unstarted.push(toStart(decided));
}

function toStart({ rule, targetKey, action }: Decided): Omit<ActionStart, 'atMs'> {
  return { rule, targetKey, ...(isMessage(action) && { message: true }) };
}

/** Who measures a signal of which `target` is a part, or which is a part of it. */
export function measurerOf(claims: Claims, signal: string, target: Target): string | undefined {
  return claims.measured.find(
    (held) =>
      held.signal === signal && (coversLabels(held.target, target) || coversLabels(target, held.target)),
  )?.holder;
}

function hold(claims: Claims, { action, expect, episode, rule, target, targetKey }: Decided): void {
  const holder = `episode ${episode}`;
  const resource = resourceOf(action, target);
  if (resource !== undefined) claims.resources.set(resource, holder);
  // A message moves nothing: no other action is confused with it.
  if (!isMessage(action)) claims.measured.push({ signal: expect.signal, target, holder });
  const touched = claims.touched.get(rule) ?? new Set();
  claims.touched.set(rule, touched.add(targetKey));
}
