import { createLogger, ManualClock } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import { type Collector, PartialFailure } from '../model/collector.ts';
import { type Family, gauge, single } from '../model/family.ts';
import { createExposition } from './exposition.ts';

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
  const processMetrics = async () => 'process_x 1\n';
  return {
    lines,
    clock,
    exposition: createExposition({ collectors, constants: [], processMetrics, clock, logger }),
  };
}

const DEADLINE_MS = 20;

describe('a scrape', () => {
  it('serves the rest when a collector fails, and says which', async () => {
    const { exposition } = expositionOf(failing(new Error('no')), works);
    const text = await exposition.scrape({ deadlineMs: DEADLINE_MS });
    expect(text).toContain('\nfine 1\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="fails"} 0\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="works"} 1\n');
    expect(text).toContain('process_x 1');
  });

  it('serves the rest at the deadline when a collector hangs', async () => {
    const { exposition, lines } = expositionOf(hangs, works);
    const text = await exposition.scrape({ deadlineMs: DEADLINE_MS });
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
    expect(await expositionOf(handsOver).exposition.scrape({ deadlineMs: 1 })).toContain('\nlate 3\n');
  });

  it('serves what a collector has when part of it failed', async () => {
    const partial = failing(new PartialFailure('half', [gauge('half', 'H.', single(2))]));
    const text = await expositionOf(partial).exposition.scrape({ deadlineMs: DEADLINE_MS });
    expect(text).toContain('\nhalf 2\n');
    expect(text).toContain('evenkeel_exporter_collector_success{collector="fails"} 0\n');
  });

  it('gives the age of the oldest data', async () => {
    const family = (name: string, takenAtMs: number): Family => ({
      ...gauge(name, 'A.', single(1)),
      takenAtMs,
    });
    const kept: Collector = { name: 'kept', collect: () => [family('a', 9_000), family('b', 7_500)] };
    const text = await expositionOf(kept, works).exposition.scrape({ deadlineMs: DEADLINE_MS });
    expect(text).toContain('evenkeel_exporter_collector_data_age_seconds{collector="kept"} 2.5\n');
    expect(text).toContain('evenkeel_exporter_collector_data_age_seconds{collector="works"} 0\n');
  });

  it('asks only the collectors that are named', async () => {
    const { exposition } = expositionOf(failing(new Error('no')), works);
    const text = await exposition.scrape({ deadlineMs: DEADLINE_MS, only: new Set(['works']) });
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
    const { exposition, lines } = expositionOf(flaky);
    const scrape = () => exposition.scrape({ deadlineMs: DEADLINE_MS });
    await scrape();
    await scrape();
    isBroken = false;
    await scrape();
    await scrape();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/level=warn .*"collector fails".* collector=flaky error=no/);
    expect(lines[1]).toMatch(/level=info .*"collector works again"/);
  });
});
