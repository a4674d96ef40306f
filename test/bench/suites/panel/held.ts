import type { Browser } from 'playwright-core';
import { measured, type Measurement } from '../../measurement.ts';
import { BenchPage, type Contender, type Held } from './bench-page.ts';

/** Until what is kept on purpose is there: compiled code, texts of times, styles. */
const WARM_UP_REFRESHES = 20;
const REFRESHES = 500;
const GROWTH_GOAL_MEGABYTES = 1;

/** What 500 refreshes of the whole panel leave behind when all garbage is collected. */
export async function measureHeld(suite: string, browser: Browser, url: string): Promise<Measurement[]> {
  const ours = await growth(browser, url, 'whole');
  const of = `${REFRESHES} refreshes after ${WARM_UP_REFRESHES}`;
  const figure = (name: string, { grown, unit }: { grown: number; unit: string }) => {
    return { suite, name, value: grown, unit, of };
  };
  return [
    measured({
      ...figure('heap_growth', { grown: ours.megabytes, unit: 'MB' }),
      goal: GROWTH_GOAL_MEGABYTES,
    }),
    measured({ ...figure('element_growth', { grown: ours.nodes, unit: 'nodes' }), goal: 0 }),
    measured({ ...figure('listener_growth', { grown: ours.listeners, unit: 'listeners' }), goal: 0 }),
  ];
}

async function growth(browser: Browser, url: string, contender: Contender): Promise<Held> {
  const page = await BenchPage.open(browser, url);
  try {
    await page.refresh(contender, WARM_UP_REFRESHES);
    const before = await page.held();
    await page.refresh(contender, REFRESHES);
    const after = await page.held();
    return {
      megabytes: after.megabytes - before.megabytes,
      nodes: after.nodes - before.nodes,
      listeners: after.listeners - before.listeners,
    };
  } finally {
    await page.close();
  }
}
