import { createLogger, ManualClock } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { type Collector, PartialFailure } from '../model/collector.ts';
import { type Family, gauge, single } from '../model/family.ts';
import { TEXT } from './dialect.ts';
import { createExposition } from './exposition.ts';

const DEADLINE_MS = 20;
const MAX_SERIES = 100;

const works: Collector = { name: 'works', collect: () => [gauge('fine', 'Fine.', single(1))] };
const hangs: Collector = { name: 'hangs', collect: () => new Promise(() => undefined) };

function failing(error: unknown): Collector {
  return {
    name: 'fails',
    collect() {
      throw error;
    },
  };
}

function expositionOf(...collectors: Collector[]) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', destination });
  const clock = new ManualClock(10_000);
  const processMetrics = async () => [gauge('process_x', 'X.', single(1))];
  const exposition = createExposition({
    collectors,
    constants: [],
    processMetrics,
    maxSeriesPerFamily: MAX_SERIES,
    clock,
    logger,
  });
  const scrape = async (options: { deadlineMs?: number; only?: ReadonlySet<string> } = {}) =>
    String(await exposition.scrape({ deadlineMs: DEADLINE_MS, dialect: TEXT, ...options }));
  return { lines, clock, scrape };
}

describe('a scrape', () => {
  it('serves the rest when a collector fails, and says which', async () => {
    const { scrape } = expositionOf(failing(new Error('no')), works);
    const text = await scrape();
    expect(text).toContain('\nfine 1\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="fails"} 0\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="works"} 1\n');
    expect(text).toContain('process_x 1');
  });

  it('serves the rest at the deadline when a collector hangs', async () => {
    const { scrape, lines } = expositionOf(hangs, works);
    const text = await scrape();
    expect(text).toContain('\nfine 1\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="hangs"} 0\n');
    expect(lines.join('')).toContain('not done by the deadline of the scrape');
  });

  it('tells collectors of the deadline, and takes what they hand over then', async () => {
    const handsOver: Collector = {
      name: 'hands-over',
      collect: ({ signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve([gauge('late', 'L.', single(3))])),
        ),
    };
    expect(await expositionOf(handsOver).scrape({ deadlineMs: 1 })).toContain('\nlate 3\n');
  });

  it('serves what a collector has when part of it failed', async () => {
    const partial = failing(
      new PartialFailure([{ subject: 'half', message: 'half' }], [gauge('half', 'H.', single(2))]),
    );
    const text = await expositionOf(partial).scrape();
    expect(text).toContain('\nhalf 2\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="fails"} 0\n');
  });

  it('gives the age of the oldest data', async () => {
    const family = (name: string, takenAtMs: number): Family => ({
      ...gauge(name, 'A.', single(1)),
      takenAtMs,
    });
    const kept: Collector = { name: 'kept', collect: () => [family('a', 9_000), family('b', 7_500)] };
    const text = await expositionOf(kept, works).scrape();
    expect(text).toContain('evenkeel_exporter_collector_data_age_seconds{collector="kept"} 2.5\n');
    expect(text).toContain('evenkeel_exporter_collector_data_age_seconds{collector="works"} 0\n');
  });

  it('asks only the collectors that are named', async () => {
    const { scrape } = expositionOf(failing(new Error('no')), works);
    const text = await scrape({ only: new Set(['works']) });
    expect(text).toContain('\nfine 1\n');
    expect(text).not.toContain('fails');
    expect(text).not.toContain('process_x');
  });

  it('logs a collector that begins to fail and one that recovers, once each', async () => {
    let isBroken = true;
    const flaky: Collector = {
      name: 'flaky',
      collect() {
        if (isBroken) throw new Error('no');
        return [];
      },
    };
    const { scrape, lines } = expositionOf(flaky);
    await scrape();
    await scrape();
    isBroken = false;
    await scrape();
    await scrape();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/level=warn .*"collector fails".* collector=flaky error=no/);
    expect(lines[1]).toMatch(/level=info .*"collector works again"/);
  });

  it('keeps a label with 100,000 values out, counts what it dropped and says so once', async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({
      labels: { sku: String(index) },
      value: 1,
    }));
    const flood: Collector = { name: 'flood', collect: () => [gauge('by_sku', 'S.', many)] };
    const { scrape, lines } = expositionOf(flood, works);
    await scrape();
    const text = await scrape();
    expect(text.match(/^by_sku\{/gm)).toHaveLength(MAX_SERIES);
    expect(text).toContain('\nfine 1\n');
    expect(text).toContain('evenkeel_exporter_series_dropped_total{family="by_sku"} 199800\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('family=by_sku series=100000 limit=100');
  });

  it('is shared by those who ask while it is under way', async () => {
    let asked = 0;
    const slow: Collector = {
      name: 'slow',
      async collect() {
        asked++;
        await new Promise(setImmediate);
        return [];
      },
    };
    const { scrape } = expositionOf(slow);
    await Promise.all(Array.from({ length: 32 }, () => scrape()));
    expect(asked).toBe(1);
    await scrape();
    expect(asked).toBe(2);
  });

  it('is shared by those whose requests have arrived by now, however fast it is', async () => {
    let asked = 0;
    const fast: Collector = { name: 'fast', collect: () => (asked++, []) };
    const { scrape } = expositionOf(fast);
    const first = scrape();
    for (let tick = 0; tick < 100; tick++) await new Promise<void>((resolve) => process.nextTick(resolve));
    await Promise.all([first, scrape()]);
    expect(asked).toBe(1);
  });
});
