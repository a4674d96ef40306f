import { readFileSync } from 'node:fs';
import { type Measurement, overRounds } from '../measurement.ts';
import type { Server } from '../processes.ts';
import { Scraper } from '../scraper.ts';
import { quantile } from '../statistics.ts';
import { startProgram } from './exporter-servers.ts';

const SERIES = 100_000;
const ROUNDS = 40;
const WARM_UP_ROUNDS = 10;
const BLOCK_GOAL_MS = 5;

/** A page of 100,000 series, all of them changed, against its bytes built before. */
export async function measureLargePage(suite: string): Promise<Measurement[]> {
  const server = await startProgram('large-page-server.ts', String(SERIES));
  try {
    const plain = new LargePage(server);
    const gzip = new LargePage(server, { 'accept-encoding': 'gzip' });
    const rounds: Round[] = [];
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++)
      rounds.push({
        rendered: await plain.ask('/metrics'),
        prebuilt: await plain.ask('/prebuilt'),
        packed: await gzip.ask('/metrics'),
        idle: await plain.ask('/idle'),
        residentMegabytes: residentMegabytes(server.pid),
      });
    plain.close();
    gzip.close();
    return figures(suite, rounds.slice(WARM_UP_ROUNDS));
  } finally {
    await server.stop();
  }
}

interface Asked {
  tookMs: number;
  /** How long the server's event loop stood still at a stretch. */
  blockMs: number;
}

interface Round {
  rendered: Asked;
  prebuilt: Asked;
  packed: Asked;
  /** Some milliseconds in which the server does nothing: what the machine alone makes of its event loop. */
  idle: Asked;
  residentMegabytes: number;
}

class LargePage {
  readonly #scraper: Scraper;

  constructor({ url }: Server, headers: Record<string, string> = {}) {
    this.#scraper = new Scraper(url, headers);
  }

  async ask(path: string): Promise<Asked> {
    await this.#scraper.get('/change');
    await this.#scraper.get('/event-loop');
    const tookMs = await this.#scraper.time(path);
    const { longestMs } = JSON.parse(String(await this.#scraper.get('/event-loop'))) as { longestMs: number };
    return { tookMs, blockMs: longestMs };
  }

  close(): void {
    this.#scraper.close();
  }
}

function figures(suite: string, rounds: readonly Round[]): Measurement[] {
  const prebuiltMs = quantile(
    rounds.map(({ prebuilt }) => prebuilt.tookMs),
    0.5,
  );
  const of = `${SERIES} series`;
  const block = (name: string, asked: (round: Round) => Asked) => ({
    suite,
    name,
    unit: 'ms',
    of,
    values: rounds.map((round) => asked(round).blockMs),
  });
  return [
    ...overRounds({
      suite,
      name: 'render_100k',
      unit: 'ratio',
      of: 'the same bytes, built before',
      values: rounds.map(({ rendered }) => rendered.tookMs / prebuiltMs),
      goal: 4,
    }),
    ...overRounds({ ...block('event_loop_block', ({ rendered }) => rendered), goal: BLOCK_GOAL_MS }),
    ...overRounds({ ...block('event_loop_block_gzip', ({ packed }) => packed), goal: BLOCK_GOAL_MS }),
    ...overRounds({
      ...block('event_loop_block_prebuilt', ({ prebuilt }) => prebuilt),
      of: 'control: the bytes built before',
    }),
    ...overRounds({ ...block('event_loop_block_idle', ({ idle }) => idle), of: 'control: nothing to do' }),
    ...overRounds({
      suite,
      name: 'rss_100k',
      unit: 'MB',
      of,
      values: rounds.map((round) => round.residentMegabytes),
      goal: 200,
    }),
  ];
}

function residentMegabytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
