import { cpus, loadavg, uptime } from 'node:os';
import type { Systeminformation } from 'systeminformation';
import type { Collector } from '../model/collector.ts';
import type { CollectorName } from '../model/collector-names.ts';
import type { Family, Sample } from '../model/family.ts';
import type { Polled } from '../sources/polled.ts';
import type { DiskTotals, PortableHost } from '../sources/portable-host.ts';
import { cpuFamilies } from './cpu.ts';
import { diskBytes, diskLabels, diskOperations } from './disk.ts';
import { filesystemFamilies, labelsOf } from './filesystem.ts';
import { type LoadAverages, loadFamilies } from './load.ts';
import { memoryFamilies, type MemoryInfo } from './memory.ts';
import type { MountFilter } from './mounts.ts';
import {
  type InterfaceChoice,
  networkBytes,
  networkDropped,
  networkErrors,
  networkLabels,
} from './network.ts';
import { uptimeFamilies } from './uptime.ts';

export interface PortableOptions {
  platform: NodeJS.Platform;
  host: PortableHost;
  perCoreCpu: boolean;
  filesystems: MountFilter;
  interfaces: InterfaceChoice;
}

const MS_PER_SECOND = 1000;
const MODES = { user: 'user', nice: 'nice', sys: 'system', idle: 'idle', irq: 'interrupt' } as const;
/** systeminformation adds up all disks. */
const ALL_DISKS = 'all';

/**
 * The host collectors for systems other than Linux, with the same metrics: CPU, load and uptime from Node, which asks the
 * system directly; the others from systeminformation, with the time at which it was asked. What a system does not know is
 * left out.
 */
export function portableCollectors(options: PortableOptions): Collector[] {
  const { host, platform } = options;
  return [
    { name: 'cpu', collect: () => cpuFrom(cpus(), options) },
    polledCollector('memory', host.memory, memoryFrom),
    // Windows has no load average, and Node says zero.
    {
      name: 'load',
      collect: () => (platform === 'win32' ? [] : loadFamilies(loadavg() as unknown as LoadAverages)),
    },
    polledCollector('filesystem', host.filesystem, (sizes) => filesystemsFrom(sizes, options.filesystems)),
    polledCollector('disk', host.disk, disksFrom),
    polledCollector('network', host.network, (stats) => networkFrom(stats, options.interfaces)),
    { name: 'uptime', collect: ({ now }) => uptimeFrom(now) },
  ];
}

function polledCollector<Value>(
  name: CollectorName,
  polled: Polled<Value>,
  toFamilies: (value: Value) => Family[],
): Collector {
  return {
    name,
    collect({ now }) {
      const current = polled.current(now);
      if (current === undefined) return [];
      return toFamilies(current.value).map((family) => ({ ...family, takenAtMs: current.takenAtMs }));
    },
  };
}

type CoreTimes = Pick<ReturnType<typeof cpus>[number], 'times'>;

function cpuFrom(cores: readonly CoreTimes[], { perCoreCpu }: PortableOptions): Family[] {
  const modes = Object.entries(MODES) as [keyof typeof MODES, string][];
  const secondsOf = (chosen: readonly CoreTimes[], mode: keyof typeof MODES) =>
    chosen.reduce((sum, { times }) => sum + times[mode], 0) / MS_PER_SECOND;
  const samples: Sample[] = perCoreCpu
    ? cores.flatMap((core, number) =>
        modes.map(([mode, cpu_mode]) => ({
          labels: { cpu_logical_number: String(number), cpu_mode },
          value: secondsOf([core], mode),
        })),
      )
    : modes.map(([mode, cpu_mode]) => ({ labels: { cpu_mode }, value: secondsOf(cores, mode) }));
  return cpuFamilies(samples, cores.length);
}

function memoryFrom(mem: Systeminformation.MemData): Family[] {
  const memory: MemoryInfo = {
    limitBytes: mem.total,
    availableBytes: mem.available,
    freeBytes: mem.free,
    buffersBytes: mem.buffers,
    cachedBytes: Math.max(0, mem.buffcache - mem.buffers),
    usedBytes: Math.max(0, mem.total - mem.free - mem.buffcache),
    swap: { totalBytes: mem.swaptotal, freeBytes: mem.swapfree },
  };
  return memoryFamilies(memory);
}

function filesystemsFrom(sizes: readonly Systeminformation.FsSizeData[], filter: MountFilter): Family[] {
  const wanted = sizes.filter(
    ({ type, mount, size }) =>
      size > 0 && !filter.excludeTypes.has(type) && !filter.excludeMountpoints.test(mount),
  );
  return filesystemFamilies(
    wanted.map(({ fs, type, mount, size, used, available }) => ({
      labels: labelsOf({ mountpoint: mount, source: fs, type }),
      // Where volumes share a disk, what the others hold is neither used here nor available.
      size: { sizeBytes: size, freeBytes: Math.max(size - used, available), availableBytes: available },
    })),
  );
}

function disksFrom({ bytes, operations }: DiskTotals): Family[] {
  return [
    ...(bytes === undefined ? [] : [diskBytes(ofAllDisks(bytes))]),
    ...(operations === undefined ? [] : [diskOperations(ofAllDisks(operations))]),
  ];
}

function ofAllDisks({ read, written }: { read: number; written: number }): Sample[] {
  return [
    { labels: diskLabels(ALL_DISKS, 'read'), value: read },
    { labels: diskLabels(ALL_DISKS, 'write'), value: written },
  ];
}

function networkFrom(
  stats: readonly Systeminformation.NetworkStatsData[],
  choose: InterfaceChoice,
): Family[] {
  const shown = choose(stats, ({ iface }) => iface);
  type Figure = 'rx_bytes' | 'tx_bytes' | 'rx_errors' | 'tx_errors' | 'rx_dropped' | 'tx_dropped';
  const both = (received: Figure, transmitted: Figure): Sample[] =>
    shown.flatMap((one) => [
      { labels: networkLabels(one.iface, 'receive'), value: one[received] },
      { labels: networkLabels(one.iface, 'transmit'), value: one[transmitted] },
    ]);
  return [
    networkBytes(both('rx_bytes', 'tx_bytes')),
    networkErrors(both('rx_errors', 'tx_errors')),
    networkDropped(both('rx_dropped', 'tx_dropped')),
  ];
}

function uptimeFrom(now: number): Family[] {
  const uptimeSeconds = uptime();
  return uptimeFamilies(uptimeSeconds, Math.round(now / MS_PER_SECOND - uptimeSeconds));
}
