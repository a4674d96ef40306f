import { Lanes } from './persistence.ts';
import type { World } from './world.ts';

const LANES = 8;
const TICK_MS = 50;
const REQUESTS_PER_TICK = 6;
const IDLE_MS = 500;
/** After so many different questions it begins again: the API's memory is to fill up, not to burst. */
export const CRAWLED_QUOTES = 5_000;

/** While its fault is active: asks for one quote after the other that nobody ever asked for. */
export async function runCrawler(world: World): Promise<void> {
  const { clock, signal, faults } = world;
  const lanes = new Lanes(LANES);
  let next = 0;
  while (!signal.aborted) {
    const active = faults.isActive('crawler');
    for (let count = 0; active && count < REQUESTS_PER_TICK; count += 1) {
      const question = next % CRAWLED_QUOTES;
      next += 1;
      await lanes.run(() => ask(world, question));
    }
    await clock.sleep(active ? TICK_MS : IDLE_MS, signal).catch(() => undefined);
  }
}

async function ask({ client, statistics }: World, question: number): Promise<void> {
  try {
    await client.get(`/quotes?customer=crawler-${question}&sku=85123A&quantity=${100 + (question % 900)}`);
    statistics.add('crawled');
  } catch {
    statistics.add('crawls_failed');
  }
}
