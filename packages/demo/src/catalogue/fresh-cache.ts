import type { Clock } from '@evenkeel/toolkit';

interface Entry<Value> {
  value: Value;
  loadedAtMs: number;
}

interface FreshCacheOptions {
  clock: Clock;
  /** Read at every access, so that a change holds for what is cached already. */
  ttlMs: () => number;
  maxEntries: number;
}

/** Keeps loaded values for a while. Callers that miss the same key at the same time share one load. */
export class FreshCache<Value> {
  readonly #options: FreshCacheOptions;
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #loading = new Map<string, Promise<Value>>();

  constructor(options: FreshCacheOptions) {
    this.#options = options;
  }

  /** The cached value if it is younger than the TTL, else what `load` gives; a load that fails is not kept. */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const entry = this.#entries.get(key);
    const { clock, ttlMs } = this.#options;
    if (entry !== undefined && clock.now() - entry.loadedAtMs < ttlMs()) return Promise.resolve(entry.value);
    const loading = this.#loading.get(key) ?? this.#load(key, load);
    this.#loading.set(key, loading);
    return loading;
  }

  async #load(key: string, load: () => Promise<Value>): Promise<Value> {
    try {
      const value = await Promise.resolve().then(load);
      this.#keep(key, { value, loadedAtMs: this.#options.clock.now() });
      return value;
    } finally {
      this.#loading.delete(key);
    }
  }

  #keep(key: string, entry: Entry<Value>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.maxEntries) return;
      this.#entries.delete(oldest);
    }
  }
}
