import type { Browser } from 'playwright-core';
import { BenchPage, type Contender } from './bench-page.ts';

const ROUNDS = 3;
const REFRESHES = 6;
const MOVES = 20;
const CONTENDERS: readonly Contender[] = ['nothing', 'trends', 'entities', 'whole', 'charts'];

/** Milliseconds of the page's main thread, each list over all rounds. */
export interface Times {
  firstMs: number[];
  refreshMs: number[];
  /** One value a move of the pointer; empty where there is no plot. */
  hoverMs: number[];
}

export interface Rounds {
  contenders: ReadonlyMap<Contender, Times>;
  /** From frames to models in a page that has never done it before, and when it does it again. */
  modelFirstMs: number[];
  modelMs: number[];
}

/** All contenders in turns, each in a page of its own, so that a first paint is one: nothing is compiled yet. */
export async function measureRounds(browser: Browser, url: string): Promise<Rounds> {
  const contenders = new Map(CONTENDERS.map((name) => [name, { firstMs: [], refreshMs: [], hoverMs: [] }]));
  const rounds: Rounds = { contenders, modelFirstMs: [], modelMs: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [contender, times] of contenders)
      await withPage(browser, url, (page) => measureContender(page, contender, times));
    await withPage(browser, url, (page) => measureModel(page, rounds));
  }
  return rounds;
}

async function withPage(
  browser: Browser,
  url: string,
  work: (page: BenchPage) => Promise<void>,
): Promise<void> {
  const page = await BenchPage.open(browser, url);
  try {
    await work(page);
  } finally {
    await page.close();
  }
}

async function measureContender(page: BenchPage, contender: Contender, times: Times): Promise<void> {
  times.firstMs.push(await page.busyMs(`show('${contender}')`));
  for (let refresh = 0; refresh < REFRESHES; refresh++) {
    await page.prepare();
    times.refreshMs.push(await page.busyMs(`show('${contender}')`));
  }
  times.hoverMs.push(...(await page.hoverMs(MOVES)));
}

async function measureModel(page: BenchPage, { modelFirstMs, modelMs }: Rounds): Promise<void> {
  modelFirstMs.push(await page.busyMs('read()'));
  for (let refresh = 0; refresh < REFRESHES; refresh++) {
    await page.prepare();
    modelMs.push(await page.busyMs('read()'));
  }
}
