interface Waiting {
  locks: readonly string[];
  urgency: number;
}

/** For each lock, those that need it: the most urgent first, and then in the order in which they came. */
export class WaitingLines<Item> {
  readonly #lines = new Map<string, Map<number, Set<Item>>>();

  join(item: Item, { locks, urgency }: Waiting): void {
    for (const lock of locks) {
      const line = this.#lines.get(lock) ?? new Map<number, Set<Item>>();
      this.#lines.set(lock, line.set(urgency, (line.get(urgency) ?? new Set()).add(item)));
    }
  }

  leave(item: Item, { locks, urgency }: Waiting): void {
    for (const lock of locks) {
      const line = this.#lines.get(lock);
      const items = line?.get(urgency);
      items?.delete(item);
      if (items?.size === 0) line!.delete(urgency);
      if (line?.size === 0) this.#lines.delete(lock);
    }
  }

  isFirst(item: Item, locks: readonly string[]): boolean {
    return locks.every((lock) => this.firstOf(lock) === item);
  }

  firstOf(lock: string): Item | undefined {
    const line = this.#lines.get(lock);
    const [first] = line?.get(Math.min(...line.keys())) ?? [];
    return first;
  }

  clear(): void {
    this.#lines.clear();
  }
}
