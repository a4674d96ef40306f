import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { allDisksBut, parseDiskstats, physicalDisks } from './disk.ts';
import { parseKernelStat } from './kernel-stat.ts';
import { parseLoad } from './load.ts';
import { parseMeminfo } from './memory.ts';
import { interfaceChoice, parseInterfaces } from './network.ts';
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
    const { usedBytes, freeBytes, buffersBytes, cachedBytes, swap } = memory;
    expect(usedBytes + freeBytes + buffersBytes! + cachedBytes!).toBe(memory.limitBytes);
    expect(swap!.totalBytes - swap!.freeBytes).toBe(524_284 * 1024);
  });

  const without = (...lines: string[]) =>
    captured('meminfo').replace(new RegExp(`^(?:${lines.join('|')}):.*\n`, 'gm'), '');

  it('estimates what is available where the kernel does not', () => {
    const { availableBytes, freeBytes, buffersBytes, cachedBytes } = parseMeminfo(
      without('MemAvailable', 'Shmem'),
    );
    expect(availableBytes).toBe(freeBytes + buffersBytes! + cachedBytes!);
  });

  it('leaves out what a kernel does not say', () => {
    expect(parseMeminfo(without('Buffers', 'Cached', 'SReclaimable', 'SwapFree'))).toMatchObject({
      ...{ buffersBytes: undefined, cachedBytes: undefined, swap: undefined },
    });
  });

  it('never has more swap free than there is', () => {
    const text = captured('meminfo').replace(/^SwapTotal:.*$/m, 'SwapTotal: 0 kB');
    expect(parseMeminfo(text).swap).toEqual({ totalBytes: 0, freeBytes: 0 });
  });

  it.each(['MemTotal', 'MemFree'])('names the line that is missing: %s', (line) => {
    expect(() => parseMeminfo(without(line))).toThrow(
      `/proc/meminfo (${line}) is malformed: expected a number`,
    );
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
  it('reads whole disks, leaves out partitions and what is in memory', () => {
    const disks = parseDiskstats(captured('diskstats'), physicalDisks);
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
    expect(parseDiskstats(captured('diskstats'), physicalDisks)[1]).toMatchObject({
      device: 'sda',
      busySeconds: 0.11,
    });
  });

  const named = (names: readonly string[], choose = physicalDisks) =>
    parseDiskstats(names.map((name) => `8 0 ${name} 1 0 8 1 1 0 8 1 0 1 1`).join('\n'), choose).map(
      ({ device }) => device,
    );

  it('reads partitions whose disk is not listed, as guests of Xen have them', () => {
    expect(named(['xvda1', 'xvda2', 'xvdb', 'xvdb1'])).toEqual(['xvda1', 'xvda2', 'xvdb']);
  });

  it('counts what is kept on other disks there, and itself where no other disk is listed', () => {
    expect(named(['sda', 'sdb', 'md0', 'dm-0', 'dm-1'])).toEqual(['sda', 'sdb']);
    expect(named(['dm-0', 'dm-1'])).toEqual(['dm-0', 'dm-1']);
  });

  it('reads all that a pattern of the config does not match', () => {
    expect(named(['sda', 'sda1', 'dm-0', 'ram0'], allDisksBut(/^ram/))).toEqual(['sda', 'sda1', 'dm-0']);
  });

  it('names the device whose line ends early', () => {
    expect(() => parseDiskstats('8 0 sda 100 5 2048', physicalDisks)).toThrow(
      '/proc/diskstats (sda) is malformed: expected',
    );
  });
});

describe('parseInterfaces', () => {
  it('reads traffic by direction', () => {
    const interfaces = parseInterfaces(captured('net/dev'));
    expect(interfaces.map(({ name }) => name)).toEqual(['lo', 'eth0', 'eth0:1', 'veth1a']);
    expect(interfaces[1]).toEqual({
      name: 'eth0',
      received: { bytes: 367329104, packets: 10497, errors: 1, dropped: 2 },
      transmitted: { bytes: 1057272, packets: 7293, errors: 3, dropped: 4 },
    });
  });

  it('names the interface whose line ends early', () => {
    expect(() => parseInterfaces('a\nb\neth0: 1 2 3')).toThrow('/proc/net/dev (eth0) is malformed');
  });

  it('refuses a line without an interface', () => {
    expect(() => parseInterfaces('a\nb\nnonsense')).toThrow('names no interface');
  });

  const chosen = (names: readonly string[], pattern?: string) =>
    interfaceChoice(pattern)(names, (name) => name);

  it('counts what passes through other interfaces there, and itself where no other one is listed', () => {
    expect(chosen(['lo', 'eno1', 'eno2', 'bond0', 'bond0.100', 'br0', 'veth1a'])).toEqual([
      'lo',
      'eno1',
      'eno2',
    ]);
    expect(chosen(['lo', 'tap0'])).toEqual(['lo', 'tap0']);
  });

  it('shows all that a pattern of the config does not match', () => {
    expect(chosen(['lo', 'eno1', 'bond0', 'veth1a'], '^veth')).toEqual(['lo', 'eno1', 'bond0']);
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
