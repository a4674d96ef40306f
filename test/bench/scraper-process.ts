import { setTimeout as delay } from 'node:timers/promises';
import { Scraper } from './scraper.ts';

/**
 * A program for the benchmarks: scrapers in a process of their own, so that what they take is not taken from whoever
 * measures. It is told what to do by messages, does one at a time, and answers with the latencies.
 */
export interface ScrapeOrder {
  url: string;
  scrapers: number;
  /** Of each scraper. */
  scrapes: number;
  /** From the beginning of one scrape to that of the next; 0 asks without a pause. */
  intervalMs: number;
  /** Whether all begin at the same moment, or each at a random one of the interval, as Prometheus servers do. */
  phases: 'together' | 'random';
}

export interface ScrapeResult {
  latenciesMs: number[];
  errors: number;
}

process.on('message', (order: ScrapeOrder) => {
  void carryOut(order).then((result) => process.send!(result));
});
process.once('disconnect', () => process.exit(0));

async function carryOut(order: ScrapeOrder): Promise<ScrapeResult> {
  const result: ScrapeResult = { latenciesMs: [], errors: 0 };
  await Promise.all(Array.from({ length: order.scrapers }, () => scrape(order, result)));
  return result;
}

async function scrape(order: ScrapeOrder, result: ScrapeResult): Promise<void> {
  const { url, scrapes, intervalMs, phases } = order;
  const scraper = new Scraper(url);
  const firstMs = performance.now() + (phases === 'random' ? intervalMs * Math.random() : 0);
  for (let turn = 0; turn < scrapes; turn++) {
    if (intervalMs > 0) await delay(Math.max(0, firstMs + turn * intervalMs - performance.now()));
    try {
      result.latenciesMs.push(await scraper.time());
    } catch {
      result.errors++;
    }
  }
  scraper.close();
}
