import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured, type Measurement, ratio } from '../measurement.ts';
import { type BenchPostgres, withPostgres } from '../postgres.ts';
import type { Server } from '../processes.ts';
import { Scraper } from '../scraper.ts';
import type { ScrapeOrder, ScrapeResult } from '../scraper-process.ts';
import { quantile } from '../statistics.ts';
import { NODE_EXPORTER, startExporter, startNodeExporter, startProgram } from './exporter-servers.ts';

const SCRAPERS = 32;
const SERIES = 1_000;
const ROUNDS = 3;
const INTERVAL_MS = 1_000;
const SCRAPES_PER_ROUND = 3;
const UNPAUSED_SCRAPES = 10;
const WARM_UP_SCRAPES = 300;
const GOAL = 3;

/** As many scrapes as in the other ways; a single one asks at the rate of all 32, so that it is as warm as they are. */
const ALL_SCRAPES = SCRAPERS * SCRAPES_PER_ROUND;

type Way = 'single' | 'each_second' | 'same_moment' | 'single_unpaused' | 'unpaused';

const WAYS: Readonly<Record<Way, Omit<ScrapeOrder, 'url'>>> = {
  single: { scrapers: 1, scrapes: ALL_SCRAPES, intervalMs: INTERVAL_MS / SCRAPERS, phases: 'together' },
  each_second: { scrapers: SCRAPERS, scrapes: SCRAPES_PER_ROUND, intervalMs: INTERVAL_MS, phases: 'random' },
  same_moment: {
    scrapers: SCRAPERS,
    scrapes: SCRAPES_PER_ROUND,
    intervalMs: INTERVAL_MS,
    phases: 'together',
  },
  single_unpaused: { scrapers: 1, scrapes: SCRAPERS * UNPAUSED_SCRAPES, intervalMs: 0, phases: 'together' },
  unpaused: { scrapers: SCRAPERS, scrapes: UNPAUSED_SCRAPES, intervalMs: 0, phases: 'together' },
};

/** How long the exporter keeps what it read; so an exporter asks at most this often, however many scrape it. */
const KEPT_MS = 500;

interface Asked extends ScrapeResult {
  tookMs: number;
  queries: number;
}

/** 32 scrapers against one: of ours with 1,000 series from a real database, and of two controls. */
export async function measureScrapers(suite: string): Promise<Measurement[]> {
  return withPostgres(async (postgres) => {
    await createStock(postgres);
    const ours = await startExporter(`--config.file=${writeConfig(postgres)}`);
    const servers = [ours, await startNodeExporter(), await startFixedPage(ours, postgres)];
    try {
      const [own, ...controls] = await askInTurns(servers, postgres);
      return [
        ...judge(suite, own!),
        ...compare({ suite, asked: controls[0]!, of: `control: ${NODE_EXPORTER}`, prefix: 'node_exporter' }),
        ...compare({ suite, asked: controls[1]!, of: 'control: the bytes built before', prefix: 'prebuilt' }),
      ];
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });
}

/** All servers in all ways, round by round, so that what else the machine does falls on all alike. */
async function askInTurns(servers: readonly Server[], postgres: BenchPostgres): Promise<Map<Way, Asked>[]> {
  const client = fork(join(import.meta.dirname, '../scraper-process.ts'));
  const all = servers.map(() => new Map<Way, Asked>());
  try {
    for (const { url } of servers)
      await carryOut(client, { ...WAYS.unpaused, url, scrapes: WARM_UP_SCRAPES / SCRAPERS });
    for (let round = 0; round < ROUNDS; round++)
      for (const [way, order] of Object.entries(WAYS) as [Way, Omit<ScrapeOrder, 'url'>][])
        for (const [index, { url }] of servers.entries()) {
          const queries = await countQueries(postgres);
          const startMs = performance.now();
          const result = await carryOut(client, { ...order, url });
          const tookMs = performance.now() - startMs;
          add(all[index]!, way, { ...result, tookMs, queries: (await countQueries(postgres)) - queries });
        }
    return all;
  } finally {
    client.disconnect();
    await once(client, 'exit');
  }
}

async function carryOut(client: ChildProcess, order: ScrapeOrder): Promise<ScrapeResult> {
  client.send(order);
  const [result] = (await once(client, 'message')) as [ScrapeResult];
  return result;
}

function add(all: Map<Way, Asked>, way: Way, { latenciesMs, errors, tookMs, queries }: Asked): void {
  const known = all.get(way) ?? { latenciesMs: [], errors: 0, tookMs: 0, queries: 0 };
  all.set(way, {
    latenciesMs: [...known.latenciesMs, ...latenciesMs],
    errors: known.errors + errors,
    tookMs: known.tookMs + tookMs,
    queries: known.queries + queries,
  });
}

function judge(suite: string, asked: Map<Way, Asked>): Measurement[] {
  const together = [...asked.values()];
  const sum = (of: (one: Asked) => number) => together.reduce((total, one) => total + of(one), 0);
  // One at the beginning of each round of a way, and then one whenever what was read is too old.
  const allowed = together.length * ROUNDS + sum(({ tookMs }) => tookMs) / KEPT_MS;
  return [
    ...compare({ suite, asked, of: 'one scraper', goal: GOAL }),
    measured({
      suite,
      name: 'scrapers_errors',
      value: sum(({ errors }) => errors),
      unit: 'errors',
      of: 'all scrapes of ours',
      goal: 0,
    }),
    ratio({
      suite,
      name: 'scrapers_queries',
      ours: sum(({ queries }) => queries),
      theirs: allowed,
      of: 'one scraper: as often as min_interval allows',
      goal: 1,
    }),
  ];
}

interface Comparison {
  suite: string;
  asked: Map<Way, Asked>;
  of: string;
  prefix?: string;
  goal?: number;
}

/** The 99th percentile of 32 scrapers over that of one, for each way of asking. */
function compare({ asked, prefix, ...figure }: Comparison): Measurement[] {
  const p99 = (way: Way) => quantile(asked.get(way)!.latenciesMs, 0.99);
  const over = (way: Way, single: Way) =>
    ratio({
      ...figure,
      name: [prefix, 'scrapers_32_p99', way].filter(Boolean).join('_'),
      ours: p99(way),
      theirs: p99(single),
    });
  return [over('each_second', 'single'), over('same_moment', 'single'), over('unpaused', 'single_unpaused')];
}

async function createStock({ client }: BenchPostgres): Promise<void> {
  await client.query('create table bench_stock (sku text primary key, site text, units integer)');
  await client.query(
    `insert into bench_stock select 'sku-' || i, 'site-' || i % 10, i * 7 from generate_series(1, ${SERIES}) i`,
  );
  await client.query('vacuum analyze bench_stock');
}

/** The server writes its statistics down at once, so that the queries can be counted. */
const QUERY = `select site, sku, units from bench_stock cross join (select pg_stat_force_next_flush()) counted`;

async function countQueries({ client }: BenchPostgres): Promise<number> {
  const { rows } = await client.query<{ scans: string }>(
    "select seq_scan as scans from pg_stat_user_tables where relname = 'bench_stock'",
  );
  return Number(rows[0]!.scans);
}

function writeConfig({ url, directory }: BenchPostgres): string {
  const units = { metric: 'bench_stock_units', type: 'gauge', help: 'Units by SKU.' };
  const stock = { sql: QUERY, labels: ['site', 'sku'], values: { units } };
  const queries = { name: 'bench', description: 'Stock.', min_interval: `${KEPT_MS}ms`, queries: { stock } };
  // JSON is YAML.
  writeFileSync(join(directory, 'bench.yml'), JSON.stringify(queries));
  const config = join(directory, 'exporter.yml');
  writeFileSync(config, JSON.stringify({ databases: { bench: { url, queries: ['bench.yml'] } } }));
  return config;
}

/** Serves what ours answers, byte for byte. */
async function startFixedPage(ours: Server, { directory }: BenchPostgres): Promise<Server> {
  const scraper = new Scraper(ours.url);
  const file = join(directory, 'page');
  writeFileSync(file, await scraper.get());
  scraper.close();
  return startProgram('fixed-page-server.ts', file);
}
