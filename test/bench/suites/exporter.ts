import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { findPart } from '@evenkeel/runtime';
import { type Measurement, ratio, type Suite } from '../measurement.ts';
import { cpuSeconds, type Server, startServer } from '../processes.ts';
import { quantile } from '../statistics.ts';
import { measureExposition } from './exposition.ts';

const SUITE = 'exporter';
const OF = 'prometheus-node-exporter';
const WARM_UP_SCRAPES = 300;
const ROUNDS = 20;
const SCRAPES_PER_ROUND = 100;

/** What gives the same figures as our nine: stat has boot time and processes. */
const THEIR_COLLECTORS = [
  'cpu',
  'meminfo',
  'loadavg',
  'filesystem',
  'diskstats',
  'netdev',
  'stat',
  'pressure',
  'time',
];

/** As Prometheus asks. */
const HEADERS = {
  accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  'accept-encoding': 'gzip',
  'x-prometheus-scrape-timeout-seconds': '2',
};

export const exporterSuite: Suite = {
  name: SUITE,
  about:
    'scrapes of ours against prometheus-node-exporter with the same collectors, a page of 100,000 series, 32 scrapers',
  async run() {
    return [...(await measureScrapes()), ...(await measureExposition(SUITE))];
  },
};

async function measureScrapes(): Promise<Measurement[]> {
  const theirs = await startTheirs();
  try {
    const ours = await startOurs();
    try {
      return compare(await scrapeInTurns(ours, theirs));
    } finally {
      await ours.stop();
    }
  } finally {
    await theirs.stop();
  }
}

function startOurs(): Promise<Server> {
  const main = join(import.meta.dirname, '../../../exporter/src/main.ts');
  return startServer(process.execPath, (address) => [
    main,
    `--web.listen-address=${address}`,
    '--no-collector.hostfacts',
  ]);
}

async function startTheirs(): Promise<Server> {
  const program = await findPart('prometheus-node-exporter');
  return startServer(program, (address) => [
    `--web.listen-address=${address}`,
    '--collector.disable-defaults',
    ...THEIR_COLLECTORS.map((name) => `--collector.${name}`),
  ]);
}

interface Cost {
  latenciesMs: number[];
  cpuSeconds: number;
}

/** Scrapes both in short turns, so that what else the machine does falls on both alike. */
async function scrapeInTurns(ours: Server, theirs: Server): Promise<{ ours: Cost; theirs: Cost }> {
  const scrapers = { ours: new Scraper(ours), theirs: new Scraper(theirs) };
  await scrapers.ours.scrape(WARM_UP_SCRAPES);
  await scrapers.theirs.scrape(WARM_UP_SCRAPES);
  const cost = { ours: noCost(), theirs: noCost() };
  for (let round = 0; round < ROUNDS; round++) {
    add(cost.theirs, await scrapers.theirs.scrape(SCRAPES_PER_ROUND));
    add(cost.ours, await scrapers.ours.scrape(SCRAPES_PER_ROUND));
  }
  scrapers.ours.close();
  scrapers.theirs.close();
  return cost;
}

class Scraper {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(server: Server) {
    this.#server = server;
  }

  async scrape(times: number): Promise<Cost> {
    const cpuBefore = cpuSeconds(this.#server.pid);
    const latenciesMs: number[] = [];
    for (let scrape = 0; scrape < times; scrape++) {
      const startMs = performance.now();
      await this.#once();
      latenciesMs.push(performance.now() - startMs);
    }
    return { latenciesMs, cpuSeconds: cpuSeconds(this.#server.pid) - cpuBefore };
  }

  close(): void {
    this.#agent.destroy();
  }

  #once(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const sent = request(this.#server.url, { agent: this.#agent, headers: HEADERS }, (response) => {
      if (response.statusCode !== 200)
        reject(new Error(`${this.#server.url} answered ${response.statusCode}`));
      response.resume().once('end', resolve).once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
    return promise;
  }
}

function compare({ ours, theirs }: { ours: Cost; theirs: Cost }): Measurement[] {
  const latency = (cost: Cost, share: number) => quantile(cost.latenciesMs, share);
  const common = { suite: SUITE, of: OF };
  return [
    ratio({ ...common, name: 'scrape_cpu', ours: ours.cpuSeconds, theirs: theirs.cpuSeconds, goal: 1 }),
    ratio({ ...common, name: 'scrape_latency_p50', ours: latency(ours, 0.5), theirs: latency(theirs, 0.5) }),
    ratio({
      ...common,
      name: 'scrape_latency_p99',
      ours: latency(ours, 0.99),
      theirs: latency(theirs, 0.99),
      goal: 1,
    }),
  ];
}

function noCost(): Cost {
  return { latenciesMs: [], cpuSeconds: 0 };
}

function add(total: Cost, part: Cost): void {
  total.latenciesMs.push(...part.latenciesMs);
  total.cpuSeconds += part.cpuSeconds;
}
