import type { Work } from './pending-work.ts';

/** So many pieces of work at a time in one system: what hangs there costs that system alone. */
const MOST_PER_SYSTEM = 8;

/** What the work under way holds: nobody else may touch it meanwhile. */
export class Reservations {
  readonly #locks = new Set<string>();
  readonly #bySystem = new Map<string, number>();

  /** Reserves all that a piece of work needs, or nothing. */
  take({ locks, system }: Pick<Work, 'locks' | 'system'>): boolean {
    if (this.isFull(system) || locks.some((lock) => this.#locks.has(lock))) return false;
    for (const lock of locks) this.#locks.add(lock);
    this.#bySystem.set(system, this.#held(system) + 1);
    return true;
  }

  release({ locks, system }: Pick<Work, 'locks' | 'system'>): void {
    for (const lock of locks) this.#locks.delete(lock);
    this.#bySystem.set(system, this.#held(system) - 1);
  }

  isFull(system: string): boolean {
    return this.#held(system) >= MOST_PER_SYSTEM;
  }

  #held(system: string): number {
    return this.#bySystem.get(system) ?? 0;
  }
}
