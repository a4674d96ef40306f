import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock, silentLogger } from '@evenkeel/toolkit';
import { createExposition } from '../../../exporter/src/exposition/exposition.ts';
import { TEXT } from '../../../exporter/src/exposition/dialect.ts';
import { metricsHandler } from '../../../exporter/src/exposition/handler.ts';

/**
 * A program for the suite: serves a page of as many business series as its second argument says on the address that its
 * first one gives, `/prebuilt` with the same bytes built once, `/idle` after doing nothing for a while, and `/event-loop`
 * with the longest block since it was last asked. `/change` changes all values.
 */
const [address, count] = process.argv.slice(2);
const port = Number(address!.split(':')[1]);
const samples = Array.from({ length: Number(count) }, (_, index) => ({
  labels: { site: `site-${index % 10}`, category: `category-${index % 50}`, sku: `sku-${index}` },
  value: 0,
}));

/** Units are whole numbers, money has two decimals: every fourth series is money. */
function change(): void {
  for (const [index, sample] of samples.entries()) {
    sample.value = index % 4 === 0 ? Math.round(Math.random() * 1e6) / 100 : Math.floor(Math.random() * 1e5);
  }
}

const family = { name: 'inventory_by_sku', type: 'gauge' as const, help: 'Figures by SKU.', samples };
change();
const exposition = createExposition({
  collectors: [{ name: 'inventory', collect: () => [family] }],
  constants: [],
  processMetrics: async () => Promise.resolve([]),
  maxSeriesPerFamily: 1_000_000,
  clock: systemClock,
  logger: silentLogger(),
});
const metrics = metricsHandler(() => ({ exposition, deadline: { timeoutMs: 10_000, timeoutOffsetMs: 500 } }));
const first = await exposition.scrape({ deadlineMs: 10_000, dialect: TEXT });
const prebuilt = Buffer.concat(first.pieces);
first.release();
const TICK_MS = 1;
const delay = monitorEventLoopDelay({ resolution: TICK_MS });
delay.enable();

const IDLE_MS = 20;

createServer((request, response) => {
  if (request.url === '/prebuilt') response.end(prebuilt);
  else if (request.url === '/idle') setTimeout(() => response.end(), IDLE_MS);
  else if (request.url === '/change') {
    change();
    response.end();
  } else if (request.url === '/event-loop') {
    response.end(JSON.stringify({ longestMs: delay.max / 1e6 - TICK_MS }));
    setImmediate(() => delay.reset());
  } else void metrics(request, response);
}).listen(port, '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
