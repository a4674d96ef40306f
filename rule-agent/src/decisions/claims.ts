import type { Decided } from '../model/event.ts';
import type { History } from '../model/history.ts';
import { knobOf } from './guards/conflict.ts';
import type { Claims } from './guards/guard.ts';

/** What open episodes hold, and the actions among them that the budget does not count yet. */
export function openClaims(history: History): Claims {
  const claims: Claims = { knobs: new Map(), actions: 0 };
  for (const { decided, state } of history.openEpisodes.values()) {
    claims.knobs.set(knobOf(decided.action), `episode ${decided.episode}`);
    if (state === 'decided') claims.actions += 1;
  }
  return claims;
}

/** Reserves what a decided action needs, against the candidates after it. */
export function claimFor(claims: Claims, decided: Decided): void {
  claims.knobs.set(knobOf(decided.action), `episode ${decided.episode}`);
  claims.actions += 1;
}
