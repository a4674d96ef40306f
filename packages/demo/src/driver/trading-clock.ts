import type { Clock } from '@evenkeel/toolkit';

export interface TradingClockOptions {
  clock: Clock;
  daysPerMinute: number;
}

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 20;

interface Span {
  opensAt: number;
  closesAt: number;
}

/**
 * Business time as the driver plays it: each trading day takes the same time, from its first to its last event, and what
 * lies between the days is jumped. It stands still while it is paused.
 */
export class TradingClock {
  readonly #clock: Clock;
  readonly #dayMs: number;
  #day: Span = { opensAt: 0, closesAt: 0 };
  /** Played milliseconds of the day up to `#markedMs`. */
  #playedMs = 0;
  #markedMs: number;
  #paused = true;

  constructor({ clock, daysPerMinute }: TradingClockOptions) {
    this.#clock = clock;
    this.#dayMs = MINUTE_MS / daysPerMinute;
    this.#markedMs = clock.now();
  }

  /** Begins a day, at its opening or later in it. */
  openDay(day: Span, fromAt: number = day.opensAt): void {
    this.#day = day;
    this.#playedMs = Math.max(0, this.#share(fromAt)) * this.#dayMs;
    this.#markedMs = this.#clock.now();
    this.#paused = false;
  }

  /** Business time, milliseconds since the epoch; at most the end of the day. */
  now(): number {
    const { opensAt, closesAt } = this.#day;
    const share = Math.min(1, this.#played() / this.#dayMs);
    return Math.floor(opensAt + share * (closesAt - opensAt));
  }

  /** Whether all of the day's time has passed. */
  isOver(): boolean {
    return this.#played() >= this.#dayMs;
  }

  pause(): void {
    this.#playedMs = this.#played();
    this.#paused = true;
  }

  resume(): void {
    this.#markedMs = this.#clock.now();
    this.#paused = false;
  }

  /** Resolves when business time has reached `at`, which is within the day. */
  async waitUntil(at: number, signal: AbortSignal): Promise<void> {
    while (this.now() < at) await this.#clock.sleep(LOOK_EVERY_MS, signal);
  }

  /** Resolves at the end of the day. */
  async waitForClosing(signal: AbortSignal): Promise<void> {
    while (!this.isOver()) await this.#clock.sleep(LOOK_EVERY_MS, signal);
  }

  #played(): number {
    return this.#paused ? this.#playedMs : this.#playedMs + this.#clock.now() - this.#markedMs;
  }

  #share(at: number): number {
    const { opensAt, closesAt } = this.#day;
    return closesAt === opensAt ? 0 : (at - opensAt) / (closesAt - opensAt);
  }
}
