import { describe, expect, it } from '@jest/globals';
import { OPENMETRICS, TEXT } from './dialect.ts';
import { Page } from './page.ts';
import { type ScrapeOptions, shareScrapes } from './shared-scrapes.ts';

function sharing() {
  const begun: { options: ScrapeOptions; finish: () => void }[] = [];
  const clock = { now: 0 };
  const scrape = shareScrapes(
    (options) => new Promise((resolve) => begun.push({ options, finish: () => resolve(new Page('', [])) })),
    () => clock.now,
  );
  return { begun, clock, scrape };
}

const usual = { deadlineMs: 1000, dialect: TEXT };

describe('shareScrapes', () => {
  it('begins one for all who ask for the same', async () => {
    const { begun, scrape } = sharing();
    const [one, other] = [scrape(usual), scrape(usual)];
    begun[0]!.finish();
    expect(await one).toBe(await other);
    expect(begun).toHaveLength(1);
  });

  it('begins another for another format, other collectors, or one that cannot wait as long', () => {
    const { begun, scrape } = sharing();
    void scrape(usual);
    void scrape({ ...usual, dialect: OPENMETRICS });
    void scrape({ ...usual, only: new Set(['cpu']) });
    void scrape({ ...usual, deadlineMs: 100 });
    expect(begun).toHaveLength(4);
  });

  it('begins anew when the last one is over, also when it failed', async () => {
    let calls = 0;
    const scrape = shareScrapes(async () => {
      calls++;
      throw new Error('no');
    });
    await expect(scrape(usual)).rejects.toThrow('no');
    await expect(scrape(usual)).rejects.toThrow('no');
    expect(calls).toBe(2);
  });
});
