import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { configSchema } from '@evenkeel/exporter';
import { silentLogger, systemClock } from '@evenkeel/toolkit';
import { accessLogSettings } from '../../../exporter/src/config/access-logs.ts';
import { AccessLog } from '../../../exporter/src/sources/access-log/access-log.ts';
import { type Measurement, ratio } from '../measurement.ts';
import { quantile } from '../statistics.ts';

const LINES = 200_000;
const ROUNDS = 5;
const ROUTES = ['/', '/products/:sku', '/products/:sku/stock', '/orders', '/orders/:id', '/static/*'];

/** What a tool for logs in general does with each line: one regular expression. */
const LINE =
  /^(\S+) - (.*?) \[([^\]]+)\] "(\S+) (\S+) ([^"]+)" (\d{3}) (\d+) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)" ([\d.]+)$/;

/** CPU time of reading an access log, against splitting the same file into lines and matching each. */
export async function measureAccessLog(suite: string): Promise<Measurement[]> {
  const directory = await mkdtemp(join(tmpdir(), 'evenkeel-bench-'));
  const path = join(directory, 'access.log');
  try {
    const text = Array.from({ length: LINES }, (_, index) => lineOf(index)).join('');
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await writeFile(path, '');
      ours.push(await cpuSecondsOf(() => readAccessLog(path, text)));
      theirs.push(await cpuSecondsOf(() => matchLines(path)));
    }
    return figures({ suite, ours: quantile(ours, 0.5), theirs: quantile(theirs, 0.5) });
  } finally {
    await rm(directory, { recursive: true });
  }
}

function figures({ suite, ours, theirs }: { suite: string; ours: number; theirs: number }): Measurement[] {
  const perSecond = Math.round(LINES / ours);
  return [
    {
      suite,
      name: 'access_log_lines',
      value: perSecond,
      unit: 'lines/s of CPU',
      goal: null,
      ok: true,
      of: `${LINES} lines of nginx`,
    },
    ratio({ suite, name: 'access_log_cpu', ours, theirs, of: 'node:readline and a regular expression' }),
  ];
}

async function readAccessLog(path: string, text: string): Promise<void> {
  const config = configSchema.parse({ access_logs: [{ name: 'bench', path, routes: ROUTES }] });
  const [settings] = accessLogSettings(config.access_logs);
  const log = new AccessLog({ settings: settings!, clock: systemClock, logger: silentLogger() });
  await log.turn();
  await appendFile(path, text);
  while (await log.turn());
  const { lines } = log.reading();
  await log.stop();
  if (lines.parsed !== LINES) throw new Error(`${lines.parsed} of ${LINES} lines were read`);
}

async function matchLines(path: string): Promise<void> {
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) if (LINE.test(line)) lines++;
  if (lines !== LINES) throw new Error(`${lines} of ${LINES} lines were read`);
}

async function cpuSecondsOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function lineOf(index: number): string {
  const path = ['/', `/products/${10_000 + (index % 4000)}`, '/orders', `/static/a/${index % 50}.css`][
    index % 4
  ]!;
  const agent =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  return `10.0.0.${index % 250} - - [24/Nov/2026:10:15:02 +0000] "GET ${path}?page=${index} HTTP/1.1" 200 612 "https://shop.example.com/" "${agent}" 0.0${10 + (index % 90)}\n`;
}
