import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenText } from '@evenkeel/toolkit/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TEXT } from '../exposition/dialect.ts';
import { renderAtOnce } from '../exposition/render.ts';
import { type Collector, PartialFailure } from '../model/collector.ts';
import type { Family, Sample } from '../model/family.ts';
import { Procfs } from '../sources/procfs.ts';
import { type FilesystemSize, RemoteSizes } from '../sources/statfs.ts';
import { containerCollector } from './container.ts';
import { cpuCollector } from './cpu.ts';
import { diskCollector } from './disk.ts';
import { filesystemCollector } from './filesystem.ts';
import { loadCollector } from './load.ts';
import { memoryCollector } from './memory.ts';
import { networkCollector } from './network.ts';
import { pressureCollector } from './pressure.ts';
import { processesCollector } from './processes.ts';
import { uptimeCollector } from './uptime.ts';

const TESTDATA = join(import.meta.dirname, '../../testdata');
const SIZE: FilesystemSize = { sizeBytes: 1000, freeBytes: 400, availableBytes: 350 };
const context = { signal: new AbortController().signal, now: 0 };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'evenkeel-proc-'));
  cpSync(join(TESTDATA, 'proc'), root, { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

function hostCollectors(): Collector[] {
  const procfs = new Procfs(root);
  const remote = new RemoteSizes(async () => ({ bsize: 1, blocks: 2000, bfree: 2000, bavail: 2000 }));
  return [
    cpuCollector(procfs),
    memoryCollector(procfs),
    loadCollector(procfs),
    filesystemCollector({ procfs, readLocal: () => SIZE, remote }),
    diskCollector(procfs),
    networkCollector(procfs),
    uptimeCollector(procfs),
    processesCollector(procfs),
    pressureCollector(procfs),
    containerCollector({ procfs, cgroupRoot: join(TESTDATA, 'cgroup') }),
  ];
}

async function collect(name: string): Promise<readonly Family[]> {
  return hostCollectors()
    .find((collector) => collector.name === name)!
    .collect(context);
}

async function failureOf(name: string): Promise<string> {
  try {
    await collect(name);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${name} did not fail`);
}

describe('the host collectors', () => {
  it('give exactly the page that is on file', async () => {
    const families = await Promise.all(hostCollectors().map(async (collector) => collector.collect(context)));
    const page = String(Buffer.concat(renderAtOnce(families.flat(), TEXT)));
    expect(page).toBe(goldenText(join(TESTDATA, 'host.prom'), page));
  });

  it.each([
    ['cpu', 'stat'],
    ['memory', 'meminfo'],
    ['load', 'loadavg'],
    ['disk', 'diskstats'],
    ['network', 'net/dev'],
    ['uptime', 'uptime'],
    ['processes', 'stat'],
    ['processes', 'loadavg'],
    ['container', 'meminfo'],
  ])('%s fails, and says what is missing, without %s', async (name, file) => {
    rmSync(join(root, file));
    expect(await failureOf(name)).toMatch(/ENOENT.*proc/);
  });

  it('filesystem takes our own mount table without that of process 1, and fails without both', async () => {
    rmSync(join(root, '1'), { recursive: true });
    expect((await collect('filesystem'))[1]!.samples).toHaveLength(1);
    rmSync(join(root, 'self/mountinfo'));
    expect(await failureOf('filesystem')).toMatch(/ENOENT.*mountinfo/);
  });

  it.each([
    ['cpu', 'stat', 'stat is malformed'],
    ['memory', 'meminfo', '(MemTotal) is malformed'],
    ['load', 'loadavg', 'loadavg is malformed'],
    ['disk', 'diskstats', 'diskstats is malformed'],
    ['network', 'net/dev', 'net/dev is malformed'],
    ['uptime', 'uptime', 'uptime is malformed'],
    ['processes', 'stat', 'stat is malformed'],
    ['processes', 'loadavg', 'loadavg is malformed'],
    ['container', 'meminfo', '(MemTotal) is malformed'],
    ['pressure', 'pressure/io', 'pressure/io is malformed'],
    ['filesystem', '1/mountinfo', 'mountinfo is malformed'],
  ])('%s fails rather than guess when %s is malformed', async (name, file, message) => {
    writeFileSync(join(root, file), 'a\nb\nnot what it should be\n');
    expect(await failureOf(name)).toContain(message);
  });
});

describe('the cpu collector', () => {
  it('gives each CPU where that is asked for, with the same sum', async () => {
    const [time] = await cpuCollector(new Procfs(root), { perCore: true }).collect(context);
    const idle = (time!.samples as Sample[]).filter(({ labels }) => labels.cpu_mode === 'idle');
    expect(idle.map(({ labels }) => labels.cpu_logical_number)).toEqual(['0', '1']);
    const [sum] = await collect('cpu');
    const whole = (sum!.samples as Sample[]).find(({ labels }) => labels.cpu_mode === 'idle')!.value;
    expect(idle.reduce((total, { value }) => total + value, 0)).toBeCloseTo(whole, 1);
  });
});

describe('the cpu collector on counters that go back', () => {
  const idleAfter = async (ticks: readonly number[]) => {
    const collector = cpuCollector(new Procfs(root));
    const values: number[] = [];
    for (const idle of ticks) {
      const stat = readFileSync(join(TESTDATA, 'proc/stat'), 'utf8');
      writeFileSync(join(root, 'stat'), stat.replace(/^cpu .*$/m, `cpu  100 0 100 ${idle} 0 0 0 0 0 0`));
      const [time] = await collector.collect(context);
      values.push((time!.samples as Sample[]).find(({ labels }) => labels.cpu_mode === 'idle')!.value);
    }
    return values;
  };

  it('keeps the highest value when a little is taken back', async () => {
    expect(await idleAfter([10_000, 9_999, 10_005, 9_800, 10_010])).toEqual([
      100, 100, 100.05, 100.05, 100.1,
    ]);
  });

  it('begins anew when much is missing', async () => {
    expect(await idleAfter([10_000, 9_600, 9_601])).toEqual([100, 96, 96.01]);
  });
});

describe('the pressure collector', () => {
  it('has nothing to say on a kernel without the figures', async () => {
    rmSync(join(root, 'pressure'), { recursive: true });
    expect(await collect('pressure')).toEqual([]);
  });
});

describe('the filesystem collector', () => {
  it('gives the other file systems when one cannot be read', async () => {
    const collector = filesystemCollector({
      procfs: new Procfs(root),
      readLocal: (path) => {
        if (path === '/a') throw new Error('/a: input/output error');
        return SIZE;
      },
      remote: new RemoteSizes(async () => Promise.reject(new Error('/share: stale handle'))),
    });
    const failure = await (collector.collect(context) as Promise<unknown>).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PartialFailure);
    const { message, families } = failure as PartialFailure;
    expect(message).toBe('/a: input/output error; /share: stale handle');
    expect(families[1]!.samples.map(({ labels }) => labels.mountpoint)).toEqual(['/']);
  });

  it('looks below the root that it is given', async () => {
    const asked: string[] = [];
    const readLocal = (path: string | Buffer) => {
      asked.push(String(path));
      return SIZE;
    };
    writeFileSync(join(root, '1/mountinfo'), '27 1 254:0 / /data rw - ext4 /dev/vda rw\n');
    await filesystemCollector({ procfs: new Procfs(root), rootfs: '/host', readLocal }).collect(context);
    expect(asked).toEqual(['/host/data']);
  });

  it('reaches paths that are no UTF-8, and tells them apart', async () => {
    const asked: (string | Buffer)[] = [];
    const readLocal = (path: string | Buffer) => {
      asked.push(path);
      return SIZE;
    };
    const lines =
      '27 1 254:0 / /caf\xe9 rw - ext4 /dev/vda rw\n28 1 254:1 / /caf\xe8 rw - ext4 /dev/vdb rw\n';
    writeFileSync(join(root, '1/mountinfo'), lines, 'latin1');
    const collector = filesystemCollector({ procfs: new Procfs(root), rootfs: '/host', readLocal });
    const [usage] = await collector.collect(context);
    expect([...new Set(usage!.samples.map(({ labels }) => labels.mountpoint))]).toEqual([
      '/caf\\xe9',
      '/caf\\xe8',
    ]);
    expect(asked).toEqual(['/host//caf\xe9', '/host//caf\xe8'].map((path) => Buffer.from(path, 'latin1')));
  });

  it('notices a mount that is new', async () => {
    const collector = filesystemCollector({ procfs: new Procfs(root), readLocal: () => SIZE });
    writeFileSync(join(root, '1/mountinfo'), '27 1 254:0 / / rw - ext4 /dev/vda rw\n');
    expect((await collector.collect(context))[1]!.samples).toHaveLength(1);
    writeFileSync(
      join(root, '1/mountinfo'),
      '27 1 254:0 / / rw - ext4 /dev/vda rw\n28 1 254:1 / /b rw - ext4 /dev/vdb rw\n',
    );
    expect((await collector.collect(context))[1]!.samples).toHaveLength(2);
  });
});
