import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { goldenText } from '@evenkeel/toolkit/testing';
import { describe, expect, it } from '@jest/globals';
import { TEXT } from '../exposition/dialect.ts';
import { renderAtOnce } from '../exposition/render.ts';
import type { Family } from '../model/family.ts';
import { Procfs } from '../sources/procfs.ts';
import { RemoteSizes } from '../sources/statfs.ts';
import { containerCollector } from './container.ts';
import { cpuCollector } from './cpu.ts';
import { diskCollector } from './disk.ts';
import { filesystemCollector } from './filesystem.ts';
import { loadCollector } from './load.ts';
import { memoryCollector } from './memory.ts';
import { networkCollector } from './network.ts';
import { processesCollector } from './processes.ts';
import { uptimeCollector } from './uptime.ts';

const HOSTS = join(import.meta.dirname, '../../testdata/odd-hosts');
const NAMES = readdirSync(HOSTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

async function familiesOf(host: string): Promise<Family[]> {
  const procfs = new Procfs(join(HOSTS, host, 'proc'));
  const cgroupRoot = join(HOSTS, host, 'cgroup');
  const collectors = [
    cpuCollector(procfs),
    memoryCollector(procfs),
    loadCollector(procfs),
    filesystemCollector({
      procfs,
      readLocal: () => ({ sizeBytes: 1000, freeBytes: 400, availableBytes: 350 }),
      remote: new RemoteSizes(async () => ({ bsize: 1, blocks: 2000, bfree: 1500, bavail: 1500 })),
    }),
    diskCollector(procfs),
    networkCollector(procfs),
    uptimeCollector(procfs),
    processesCollector(procfs),
    containerCollector({ procfs, ...(existsSync(cgroupRoot) && { cgroupRoot }) }),
  ];
  const context = { signal: new AbortController().signal, now: 0 };
  return (await Promise.all(collectors.map(async (collector) => collector.collect(context)))).flat();
}

describe('no collector fails, and the page is the one on file,', () => {
  it.each(NAMES)('on %s', async (host) => {
    const page = String(Buffer.concat(renderAtOnce(await familiesOf(host), TEXT)));
    expect(page).toBe(goldenText(join(HOSTS, host, 'page.prom'), page));
    expect(page).not.toMatch(/ (?:-|NaN)/);
  });
});
