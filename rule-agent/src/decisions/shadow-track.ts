import type { Track } from '../model/history.ts';
import type { Match, MatchOutcome } from '../model/match.ts';
import type { Rule } from '../model/rule.ts';
import { shadowRestMs } from './episode-book.ts';
import { isHeld, reasonToEnd } from './firing.ts';
import { cooldown } from './guards/cooldown.ts';
import { forgetFiring, newTrack, noteLook, startFiring } from './track-book.ts';

/**
 * One rule on one target as if in shadow mode, look by look, with nothing but its own rest to hold it back. It follows firings as the
 * agent does, and is made for tens of thousands of looks: what a firing needs not, such as when others ended, is not kept.
 */
export class ShadowTrack {
  readonly #rule: Rule;
  readonly #match: Match;
  readonly #track: Track;

  constructor(rule: Rule) {
    const [target, targetKey] = [{}, ''];
    this.#rule = rule;
    this.#match = { rule, target, targetKey, facts: {}, outcome: 'clear', because: '' };
    this.#track = newTrack({ rule: rule.name, target, targetKey });
  }

  /** @returns whether the rule decides to act at this look */
  look(outcome: MatchOutcome, nowMs: number): boolean {
    // Most looks see nothing, and change nothing.
    if (this.#track.firing === undefined && outcome !== 'firing') return false;
    if (outcome === 'unknown') this.#track.firing!.interrupted = true;
    else this.#follow(outcome, nowMs);
    if (outcome === 'firing' && this.#decides(nowMs)) return true;
    const { firing } = this.#track;
    if (firing !== undefined && outcome !== 'unknown' && 'of' in this.#rule.holding)
      noteLook(firing, outcome);
    return false;
  }

  #follow(outcome: MatchOutcome, nowMs: number): void {
    const track = this.#track;
    this.#match.outcome = outcome;
    // How far looks are apart does not matter: one at which nothing is known interrupts a firing.
    const look = { match: this.#match, track, nowMs, continuityMs: Infinity };
    if (track.firing !== undefined && reasonToEnd(track.firing, look) !== undefined) forgetFiring(track);
    if (track.firing === undefined && outcome === 'firing') startFiring(track, nowMs);
  }

  #decides(nowMs: number): boolean {
    const track = this.#track;
    if (track.firing === undefined || !isHeld(track.firing, this.#rule.holding, nowMs)) return false;
    if (nowMs < track.cooldownUntilMs) {
      track.suppression ??= { guard: cooldown.name, because: '', at: nowMs };
      return false;
    }
    forgetFiring(track);
    track.cooldownUntilMs = nowMs + shadowRestMs(this.#rule);
    return true;
  }
}
