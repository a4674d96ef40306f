import { type Measurement, overRounds } from '../measurement.ts';
import { cpuSeconds, type Server } from '../processes.ts';
import { Scraper } from '../scraper.ts';
import { quantile } from '../statistics.ts';
import { NODE_EXPORTER, startExporter, startNodeExporter } from './exporter-servers.ts';

const WARM_UP_SCRAPES = 300;
const ROUNDS = 5;
const TURNS_PER_ROUND = 4;
const SCRAPES_PER_TURN = 100;

/** One scraper, the same nine collectors: what a scrape takes, against node_exporter. */
export async function measureHostScrapes(suite: string): Promise<Measurement[]> {
  const servers = await Promise.all([startExporter(), startNodeExporter()]);
  try {
    const [ours, theirs] = servers.map((server) => new ScrapedServer(server));
    return compare(suite, await scrapeInTurns(ours!, theirs!));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

interface Cost {
  latenciesMs: number[];
  cpuSeconds: number;
}

interface Round {
  ours: Cost;
  theirs: Cost;
}

/** In short turns, so that what else the machine does falls on both alike. */
async function scrapeInTurns(ours: ScrapedServer, theirs: ScrapedServer): Promise<Round[]> {
  const rounds: Round[] = [];
  for (const server of [ours, theirs]) await server.scrape(WARM_UP_SCRAPES);
  for (let round = 0; round < ROUNDS; round++) {
    const costs = { ours: noCost(), theirs: noCost() };
    for (let turn = 0; turn < TURNS_PER_ROUND; turn++) {
      add(costs.theirs, await theirs.scrape(SCRAPES_PER_TURN));
      add(costs.ours, await ours.scrape(SCRAPES_PER_TURN));
    }
    rounds.push(costs);
  }
  for (const server of [ours, theirs]) server.close();
  return rounds;
}

class ScrapedServer {
  readonly #scraper: Scraper;
  readonly #pid: number;

  constructor({ url, pid }: Server) {
    this.#scraper = new Scraper(url);
    this.#pid = pid;
  }

  async scrape(times: number): Promise<Cost> {
    const before = cpuSeconds(this.#pid);
    const latenciesMs: number[] = [];
    for (let scrape = 0; scrape < times; scrape++) latenciesMs.push(await this.#scraper.time());
    return { latenciesMs, cpuSeconds: cpuSeconds(this.#pid) - before };
  }

  close(): void {
    this.#scraper.close();
  }
}

function compare(suite: string, rounds: readonly Round[]): Measurement[] {
  const figure = (name: string, of: (cost: Cost) => number) => ({
    suite,
    name,
    unit: 'ratio',
    of: NODE_EXPORTER,
    values: rounds.map(({ ours, theirs }) => of(ours) / of(theirs)),
  });
  return [
    ...overRounds({ ...figure('scrape_cpu', (cost) => cost.cpuSeconds), goal: 1 }),
    ...overRounds(figure('scrape_latency_p50', ({ latenciesMs }) => quantile(latenciesMs, 0.5))),
    ...overRounds({
      ...figure('scrape_latency_p99', ({ latenciesMs }) => quantile(latenciesMs, 0.99)),
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
