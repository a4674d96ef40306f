import type { FiringEnded, FiringStarted, JournalEvent } from '../model/event.ts';
import { trackKey } from '../model/history.ts';
import type { Mode } from '../model/rule.ts';
import type { Target } from '../model/target.ts';

/** A span of time in which the condition of a rule held on a target, and what the agent would have made of it. */
export interface ReplayedFiring {
  rule: string;
  target: Target;
  targetKey: string;
  startMs: number;
  /** Absent while it still goes on at the end of the range. */
  endMs?: number;
  /** See `FiringEnded`. */
  ended?: FiringEnded['reason'];
  /** The actions that would have been decided. */
  decided: { atMs: number; mode: Exclude<Mode, 'off'> }[];
  /** What would have held an action back, in the order in which it did. */
  suppressed: { atMs: number; guard: string; because: string }[];
}

/**
 * Puts together the firings of a simulation. The agent starts a new firing after each decision; as long as the condition holds
 * without a break, that is one firing here.
 */
export class FiringLog {
  readonly #firings: ReplayedFiring[] = [];
  readonly #open = new Map<string, OpenFiring>();
  readonly #stepMs: number;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  add(event: JournalEvent): void {
    if (!('targetKey' in event)) return;
    const key = trackKey(event.rule, event.targetKey);
    if (event.kind === 'firing_started') {
      this.#start(event, key);
      return;
    }
    const open = this.#open.get(key);
    if (open === undefined) return;
    const { firing } = open;
    if (event.kind === 'decided') {
      firing.decided.push({ atMs: event.at, mode: event.mode });
      open.decidedAtMs = event.at;
    } else if (event.kind === 'suppressed') {
      firing.suppressed.push({ atMs: event.at, guard: event.guard, because: event.because });
    } else if (event.kind === 'firing_ended') {
      Object.assign(firing, { endMs: event.at, ended: event.reason });
      this.#open.delete(key);
    }
  }

  /** All firings, in the order in which they started; those that are open at `toMs` go on. */
  finish(toMs: number): readonly ReplayedFiring[] {
    for (const open of this.#open.values()) {
      if (open.decidedAtMs !== undefined && open.decidedAtMs + this.#stepMs <= toMs) this.#endUnseen(open);
    }
    return this.#firings;
  }

  #start({ rule, target, targetKey, at }: FiringStarted, key: string): void {
    const before = this.#open.get(key);
    if (before?.decidedAtMs !== undefined) {
      if (at - before.decidedAtMs <= this.#stepMs) {
        delete before.decidedAtMs;
        return;
      }
      this.#endUnseen(before);
    }
    const firing = { rule, target, targetKey, startMs: at, decided: [], suppressed: [] };
    this.#firings.push(firing);
    this.#open.set(key, { firing });
  }

  /** A condition that no longer held in the cycle after a decision leaves no event. */
  #endUnseen({ firing, decidedAtMs }: OpenFiring): void {
    Object.assign(firing, { endMs: decidedAtMs! + this.#stepMs, ended: 'clear' });
  }
}

interface OpenFiring {
  firing: ReplayedFiring;
  /** Of the last decision, until the agent says that the condition still holds. */
  decidedAtMs?: number;
}
