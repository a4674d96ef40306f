import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Comparison {
  password: string;
  hash: string;
}

/** Most passwords are compared once in the life of a daemon; a thread that waits for the next holds memory. */
const IDLE_MS = 10_000;

/** Compares passwords with bcrypt hashes in a thread, one after the other: a comparison is a tenth of a second of work. */
export class BcryptThread {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  /** Comparisons that are not done yet. */
  get waiting(): number {
    return this.#waiting;
  }

  compare(comparison: Comparison): Promise<boolean> {
    this.#waiting++;
    clearTimeout(this.#idle);
    const result = this.#last.then(() => this.#ask(comparison)).finally(() => this.#done());
    this.#last = result.catch(() => undefined);
    return result;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #ask(comparison: Comparison): Promise<boolean> {
    const worker = (this.#worker ??= this.#start());
    const answer = once(worker, 'message');
    worker.postMessage(comparison);
    const [isSame] = (await answer) as [boolean];
    return isSame;
  }

  #start(): Worker {
    const worker = new Worker(new URL('bcrypt-worker.ts', import.meta.url));
    worker.unref();
    worker.once('error', () => (this.#worker = undefined));
    return worker;
  }

  #done(): void {
    if (--this.#waiting === 0) this.#idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
  }
}
