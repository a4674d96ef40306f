import { Agent, request } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measurement, ratio, type Ratio } from '../measurement.ts';
import { type Server, startServer } from '../processes.ts';
import { quantile } from '../statistics.ts';

const SERIES = 100_000;
const SMALL_SERIES = 1_000;
const ROUNDS = 40;
const WARM_UP_ROUNDS = 10;
const SCRAPERS = 32;
/** As the first line of the exporter's main.ts has it. */
const YOUNG_GENERATION = '--max-semi-space-size=8';
const SCRAPES_PER_SCRAPER = 100;
const SINGLE_SCRAPES = 1000;

/** A page of 100,000 series against its bytes built before, and 32 scrapers against one. */
export async function measureExposition(suite: string): Promise<Measurement[]> {
  const page = await withServer(SERIES, measurePage);
  const scrapers = await withServer(SMALL_SERIES, measureScrapers);
  return [...page, ...scrapers].map((measurement) => ({ suite, ...measurement }));
}

type Unnamed = Omit<Measurement, 'suite'>;

async function withServer(
  series: number,
  measure: (server: Server) => Promise<Unnamed[]>,
): Promise<Unnamed[]> {
  const main = join(import.meta.dirname, 'exposition-server.ts');
  const server = await startServer(process.execPath, (address) => [
    YOUNG_GENERATION,
    main,
    address,
    String(series),
  ]);
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

async function measurePage(server: Server): Promise<Unnamed[]> {
  const client = new Client(server);
  const rendered: number[] = [];
  const prebuilt: number[] = [];
  const blocks: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    await client.get('/change');
    await client.get('/event-loop');
    const renderedMs = await client.time('/metrics');
    const { longestMs } = JSON.parse(await client.get('/event-loop')) as { longestMs: number };
    const prebuiltMs = await client.time('/prebuilt');
    if (round < WARM_UP_ROUNDS) continue;
    rendered.push(renderedMs);
    prebuilt.push(prebuiltMs);
    blocks.push(longestMs);
  }
  client.close();
  return [
    compare({
      name: 'render_100k',
      of: 'the same bytes, built before',
      ours: quantile(rendered, 0.5),
      theirs: quantile(prebuilt, 0.5),
      goal: 4,
    }),
    limit({ name: 'event_loop_block', value: quantile(blocks, 0.5), unit: 'ms', goal: 5 }),
    limit({ name: 'event_loop_block_worst', value: Math.max(...blocks), unit: 'ms' }),
    limit({ name: 'rss_100k', value: residentMegabytes(server.pid), unit: 'MB', goal: 200 }),
  ];
}

async function measureScrapers(server: Server): Promise<Unnamed[]> {
  await scrapeTimes(server, SINGLE_SCRAPES);
  const single = await scrapeTimes(server, SINGLE_SCRAPES);
  const many = await Promise.all(
    Array.from({ length: SCRAPERS }, () => scrapeTimes(server, SCRAPES_PER_SCRAPER)),
  );
  const p99 = (latencies: readonly number[]) => quantile(latencies, 0.99);
  return [
    compare({
      name: 'scrapers_32_p99',
      ours: p99(many.flat()),
      theirs: p99(single),
      goal: 3,
      of: 'one scraper',
    }),
  ];
}

async function scrapeTimes(server: Server, times: number): Promise<number[]> {
  const client = new Client(server);
  const latenciesMs: number[] = [];
  for (let scrape = 0; scrape < times; scrape++) latenciesMs.push(await client.time('/metrics'));
  client.close();
  return latenciesMs;
}

class Client {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor({ url }: Server) {
    this.#origin = new URL(url).origin;
  }

  async get(path: string): Promise<string> {
    const chunks: Buffer[] = [];
    await this.#receive(path, (chunk) => chunks.push(chunk));
    return Buffer.concat(chunks).toString();
  }

  async time(path: string): Promise<number> {
    const startMs = performance.now();
    await this.#receive(path, () => undefined);
    return performance.now() - startMs;
  }

  close(): void {
    this.#agent.destroy();
  }

  #receive(path: string, take: (chunk: Buffer) => void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const sent = request(this.#origin + path, { agent: this.#agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
      response.on('data', take).once('end', resolve).once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
    return promise;
  }
}

interface Limit {
  name: string;
  value: number;
  unit: string;
  goal?: number;
}

function compare(figures: Omit<Ratio, 'suite'>): Unnamed {
  const { suite: _suite, ...measurement } = ratio({ suite: '', ...figures });
  return measurement;
}

function limit({ name, value, unit, goal }: Limit): Unnamed {
  const rounded = Math.round(value * 100) / 100;
  const ok = goal === undefined || rounded <= goal;
  return { name, value: rounded, unit, goal: goal ?? null, ok, of: `${SERIES} series` };
}

function residentMegabytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
