import type { Clock } from '@evenkeel/toolkit';
import { formatStopwatch } from '../terminal/stopwatch.ts';
import type { Done } from './step.ts';

const TIME_WIDTH = 8;
const EVENT_WIDTH = 74;

/** Writes what happened, when, and the signal at that moment, as it happens. */
export class Timeline {
  readonly #clock: Clock;
  readonly #say: (text: string) => void;
  #startedMs = 0;

  constructor(clock: Clock, say: (text: string) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  begin(signalTitle: string): void {
    this.#startedMs = this.#clock.now();
    this.#line('time', 'what', signalTitle);
  }

  add({ done, atMs }: Required<Done>, value: string): void {
    this.#line(formatStopwatch(Math.max(0, atMs - this.#startedMs)), done, value);
  }

  #line(time: string, event: string, value: string): void {
    this.#say(`  ${time.padStart(TIME_WIDTH)}  ${event.padEnd(EVENT_WIDTH)}  ${value}`.trimEnd());
  }
}

/** A signal's value for a person: `3.42 s`, `12.3 %`; a missing one is said to be missing. */
export function formatValue(value: number | undefined, unit: string): string {
  if (value === undefined) return 'missing';
  if (unit === 'ratio') return `${(value * 100).toFixed(1)} %`;
  if (unit === 'seconds') return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`;
  return value.toFixed(1);
}
