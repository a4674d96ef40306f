import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EvenkeelError } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { buildBenchPage } from '../../../../grafana-plugin/preview/build/bench.ts';
import { createPreviewServer } from '../../../../grafana-plugin/preview/server/server.ts';
import { findChromium, launchChromium } from '../../../browser/chromium.ts';
import { measured, type Measurement, type Suite } from '../../measurement.ts';
import { compared } from './figures.ts';
import { measureHeld } from './held.ts';
import { measureRounds } from './rounds.ts';

const SUITE = 'panel';
const MODULE_GOAL_KILOBYTES = 60;
/** Nobody is asked: the page has its data with it. */
const NO_PROMETHEUS = 'http://127.0.0.1:1';

export const panelSuite: Suite = {
  name: SUITE,
  about:
    'the built panel in Chromium, with 1,000 entities and 30 signals, beside the TimeSeries of @grafana/ui',
  async run() {
    const directory = await mkdtemp(join(tmpdir(), 'evenkeel-bench-'));
    try {
      await buildBenchPage(directory);
      return [await moduleSize(directory), ...(await withPage(directory, measureIn))];
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function measureIn(url: string): Promise<Measurement[]> {
  const browser = await launchChromium(await requireChromium());
  try {
    return [
      ...compared(SUITE, await measureRounds(browser, url)),
      ...(await measureHeld(SUITE, browser, url)),
    ];
  } finally {
    await browser.close();
  }
}

async function withPage<T>(directory: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createPreviewServer({ prometheus: NO_PROMETHEUS, directory: () => directory });
  const port = await freePort();
  const { promise: listening, resolve } = Promise.withResolvers<undefined>();
  server.listen(port, '127.0.0.1', () => resolve(undefined));
  await listening;
  try {
    return await work(`http://127.0.0.1:${port}/`);
  } finally {
    server.close();
  }
}

async function requireChromium(): Promise<string> {
  const executable = await findChromium();
  if (executable === undefined)
    throw new EvenkeelError('PART_NOT_FOUND', 'there is no chromium on PATH', {
      hint: 'apt-get install chromium',
    });
  return executable;
}

async function moduleSize(directory: string): Promise<Measurement> {
  const bytes = gzipSync(await readFile(join(directory, 'plugin', 'module.js')), { level: 9 }).length;
  return measured({
    suite: SUITE,
    name: 'module_gzip',
    value: bytes / 1e3,
    unit: 'kB',
    goal: MODULE_GOAL_KILOBYTES,
    of: 'module.js of the production build, compressed',
  });
}
