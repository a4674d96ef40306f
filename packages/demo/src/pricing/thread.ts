import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PricingResult, PricingTask } from './model.ts';

/** A thread that computes prices, started at its first batch. One batch at a time. */
export class PricingThread {
  #worker: Worker | undefined;

  /** @throws the thread's error, or the signal's reason; the next call then starts a new thread */
  async compute(tasks: readonly PricingTask[], signal: AbortSignal): Promise<PricingResult[]> {
    const worker = (this.#worker ??= new Worker(new URL('worker.ts', import.meta.url)));
    try {
      const answer = once(worker, 'message', { signal });
      worker.postMessage(tasks);
      const [results] = (await answer) as [PricingResult[]];
      return results;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
