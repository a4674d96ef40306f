import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_EXCLUDED_DEVICES, parseDiskstats } from './disk.ts';
import { parseKernelStat } from './kernel-stat.ts';
import { parseLoad } from './load.ts';
import { parseMeminfo } from './memory.ts';
import { DEFAULT_EXCLUDED_INTERFACES, parseInterfaces } from './network.ts';
import { parsePressure } from './pressure.ts';
import { parseThreads } from './processes.ts';
import { parseUptime } from './uptime.ts';

function captured(path: string): string {
  return readFileSync(join(import.meta.dirname, '../../testdata/proc', path), 'utf8');
}

describe('parseKernelStat', () => {
  it('reads modes in seconds, with both kinds of interrupt as one', () => {
    expect(parseKernelStat(captured('stat'))).toEqual({
      cpuSeconds: {
        user: 99.29,
        nice: 0.12,
        system: 37.17,
        idle: 1994.99,
        iowait: 9.55,
        interrupt: 1.21,
        steal: 3.56,
      },
      logicalCpus: 2,
      bootTimeSeconds: 1795453647,
      processesCreated: 5431,
      processesRunning: 4,
      processesBlocked: 1,
    });
  });

  it.each([
    ['is empty', ''],
    ['ends within the first line', 'cpu  9929 12 3717'],
    ['has text for a number', captured('stat').replace('9929', 'many')],
    ['lacks the boot time', captured('stat').replace('btime', 'xtime')],
  ])('refuses a file that %s', (_what, text) => {
    expect(() => parseKernelStat(text)).toThrow(/\/proc\/stat is malformed/);
  });
});

describe('parseMeminfo', () => {
  it('gives states that add up to the limit', () => {
    const memory = parseMeminfo(captured('meminfo'));
    expect(memory.limitBytes).toBe(24_684_096 * 1024);
    expect(memory.availableBytes).toBe(22_000_000 * 1024);
    expect(memory.cachedBytes).toBe((306_808 + 99_852) * 1024);
    const { usedBytes, freeBytes, buffersBytes, cachedBytes } = memory;
    expect(usedBytes + freeBytes + buffersBytes + cachedBytes).toBe(memory.limitBytes);
    expect(memory.swapBytes - memory.swapFreeBytes).toBe(524_284 * 1024);
  });

  it('names the line that is missing', () => {
    const text = captured('meminfo').replace(/^MemAvailable.*\n/m, '');
    expect(() => parseMeminfo(text)).toThrow('/proc/meminfo (MemAvailable) is malformed: expected a number');
  });
});

describe('parseLoad and parseThreads', () => {
  it('read one file', () => {
    expect(parseLoad(captured('loadavg'))).toEqual([0.02, 0.08, 1.08]);
    expect(parseThreads(captured('loadavg'))).toBe(112);
  });

  it.each(['', '0.02 0.08', '0.02 0.08 nan 4/112 1'])('refuse "%s"', (text) => {
    expect(() => parseLoad(text)).toThrow('/proc/loadavg is malformed');
  });
});

describe('parseUptime', () => {
  it('reads seconds', () => expect(parseUptime(captured('uptime'))).toBe(1075.55));
  it('refuses an empty file', () => expect(() => parseUptime('')).toThrow('/proc/uptime is malformed'));
});

describe('parseDiskstats', () => {
  const excluded = new RegExp(DEFAULT_EXCLUDED_DEVICES);

  it('reads whole disks, leaves out partitions and what is in memory', () => {
    const disks = parseDiskstats(captured('diskstats'), excluded);
    expect(disks.map(({ device }) => device)).toEqual(['nvme0n1', 'sda']);
    expect(disks[0]).toEqual({
      device: 'nvme0n1',
      reads: 38550,
      readBytes: 3308130 * 512,
      readSeconds: 27.341,
      writes: 7654,
      writtenBytes: 2198088 * 512,
      writeSeconds: 7.682,
      busySeconds: 11.404,
    });
  });

  it('reads the shorter lines of older kernels', () => {
    expect(parseDiskstats(captured('diskstats'), excluded)[1]).toMatchObject({
      device: 'sda',
      busySeconds: 0.11,
    });
  });

  it('names the device whose line ends early', () => {
    expect(() => parseDiskstats('8 0 sda 100 5 2048', excluded)).toThrow(
      '/proc/diskstats (sda) is malformed: expected',
    );
  });
});

describe('parseInterfaces', () => {
  const excluded = new RegExp(DEFAULT_EXCLUDED_INTERFACES);

  it('reads traffic by direction, leaves out the ends of containers', () => {
    const interfaces = parseInterfaces(captured('net/dev'), excluded);
    expect(interfaces.map(({ name }) => name)).toEqual(['lo', 'eth0', 'eth0:1']);
    expect(interfaces[1]).toEqual({
      name: 'eth0',
      received: { bytes: 367329104, packets: 10497, errors: 1, dropped: 2 },
      transmitted: { bytes: 1057272, packets: 7293, errors: 3, dropped: 4 },
    });
  });

  it('names the interface whose line ends early', () => {
    expect(() => parseInterfaces('a\nb\neth0: 1 2 3', excluded)).toThrow('/proc/net/dev (eth0) is malformed');
  });

  it('refuses a line without an interface', () => {
    expect(() => parseInterfaces('a\nb\nnonsense', excluded)).toThrow('names no interface');
  });
});

describe('parsePressure', () => {
  it('reads both kinds in seconds', () => {
    expect(parsePressure(captured('pressure/io'), 'io')).toEqual({ waitingSeconds: 2, stalledSeconds: 1.5 });
  });

  it('leaves out what an older kernel does not say', () => {
    const text = captured('pressure/cpu').split('\n')[0]!;
    expect(parsePressure(text, 'cpu')).toEqual({ waitingSeconds: 17.366424, stalledSeconds: undefined });
  });

  it('refuses another text', () => {
    expect(() => parsePressure('none', '/proc/pressure/cpu')).toThrow('/proc/pressure/cpu is malformed');
  });
});
