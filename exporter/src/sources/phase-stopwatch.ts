export const PROBE_PHASES = ['resolve', 'connect', 'tls', 'processing', 'transfer'] as const;
export type ProbePhase = (typeof PROBE_PHASES)[number];
export type PhaseSeconds = Readonly<Record<ProbePhase, number>>;

/** Times the phases of a probe, which follow each other without a gap; over redirects each adds up. */
export class PhaseStopwatch {
  readonly #seconds: Record<ProbePhase, number> = {
    resolve: 0,
    connect: 0,
    tls: 0,
    processing: 0,
    transfer: 0,
  };
  #phase: ProbePhase;
  #sinceMs = performance.now();

  constructor(first: ProbePhase) {
    this.#phase = first;
  }

  /** Ends the phase under way. */
  enter(next: ProbePhase): void {
    const nowMs = performance.now();
    this.#seconds[this.#phase] += (nowMs - this.#sinceMs) / 1000;
    this.#phase = next;
    this.#sinceMs = nowMs;
  }

  stop(): PhaseSeconds {
    this.enter(this.#phase);
    return this.#seconds;
  }
}
