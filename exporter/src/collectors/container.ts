import type { Collector } from '../model/collector.ts';
import { counter, type Family, gauge, single } from '../model/family.ts';
import { readCount } from '../model/fields.ts';
import { Procfs } from '../sources/procfs.ts';
import {
  bindingGroups,
  findCgroup,
  parseCpuMax,
  parseCpuTime,
  parseEntry,
  parseMemoryMax,
  readIfThere,
} from './cgroup.ts';
import { parseKernelStat } from './kernel-stat.ts';
import { parseMeminfo } from './memory.ts';

export interface ContainerOptions {
  procfs: Procfs;
  /** Where cgroup v2 is mounted; what the mount table says where it is left out. */
  cgroupRoot?: string;
}

interface Limited {
  group: string;
  limit: number;
}

interface Capacity {
  memoryBytes: number;
  cpus: number;
}

const USER = { cpu_mode: 'user' };
const SYSTEM = { cpu_mode: 'system' };

/**
 * The limits of the container that the exporter is in, and the use of what is limited. Limits may be nested: the lowest one
 * counts. Where nothing below what the host has is a limit there is nothing to say, which is no failure.
 */
export function containerCollector(options: ContainerOptions): Collector {
  const { procfs } = options;
  const viewOf = viewer(options);
  return {
    name: 'container',
    collect() {
      const view = viewOf(readIfThere(procfs, 'self/cgroup'));
      if (view === undefined) return [];
      const { files, memory, cpu } = view;
      return [
        ...memoryFamilies(files, limitsBelow(view, memory)),
        ...cpuFamilies(files, limitsBelow(view, cpu)),
      ];
    },
  };
}

/** What is read at each scrape. */
interface View {
  files: Procfs;
  groups: readonly string[];
  memory: LimitKind;
  cpu: LimitKind;
}

/** Finds out what to read, and does so again only when the process is in another group. */
function viewer({ procfs, cgroupRoot }: ContainerOptions) {
  let known: { membership: string | undefined; view: View | undefined } | undefined;
  return (membership: string | undefined): View | undefined => {
    if (known !== undefined && known.membership === membership) return known.view;
    const place = findCgroup(membership, procfs);
    const view = place && {
      files: new Procfs(cgroupRoot ?? place.mountpoint),
      groups: bindingGroups(place),
      ...kindsOf(procfs),
    };
    known = { membership, view };
    return view;
  };
}

function kindsOf(procfs: Procfs): Pick<View, 'memory' | 'cpu'> {
  const { memoryBytes, cpus } = readCapacity(procfs);
  return {
    memory: { file: 'memory.max', parse: parseMemoryMax, most: memoryBytes },
    cpu: { file: 'cpu.max', parse: parseCpuMax, most: cpus },
  };
}

function readCapacity(procfs: Procfs): Capacity {
  return {
    memoryBytes: parseMeminfo(procfs.read('meminfo')).limitBytes,
    cpus: parseKernelStat(procfs.read('stat')).logicalCpus,
  };
}

interface LimitKind {
  file: string;
  parse: (text: string) => number | undefined;
  /** What the host has: a limit at or above it is none. */
  most: number;
}

/** The limits that bind, the lowest first. */
function limitsBelow({ files, groups }: View, { file, parse, most }: LimitKind): Limited[] {
  return groups
    .flatMap((group) => {
      const text = readIfThere(files, `${group}/${file}`);
      const limit = text === undefined ? undefined : parse(text);
      return limit === undefined || limit >= most ? [] : [{ group, limit }];
    })
    .sort((one, other) => one.limit - other.limit);
}

interface MemoryUse {
  usageBytes: number;
  /** Without the file cache that nobody has used for a while, which makes room before anything else does. */
  workingSetBytes: number;
}

function readMemoryUse(files: Procfs, group: string): MemoryUse {
  const usageBytes = readCount(files.read(`${group}/memory.current`).trim(), 'memory.current');
  const inactiveBytes = parseEntry(files.read(`${group}/memory.stat`), 'inactive_file', 'memory.stat');
  return { usageBytes, workingSetBytes: Math.max(0, usageBytes - inactiveBytes) };
}

function memoryFamilies(files: Procfs, limits: readonly Limited[]): Family[] {
  const uses = limits.map(({ group, limit }) => ({ limit, ...readMemoryUse(files, group) }));
  const [lowest] = uses;
  if (lowest === undefined) return [];
  const roomBytes = Math.min(...uses.map(({ limit, workingSetBytes }) => limit - workingSetBytes));
  return [
    gauge(
      'container_memory_limit_bytes',
      'The lowest memory limit of the container and of what it is part of.',
      single(lowest.limit),
    ),
    gauge(
      'container_memory_usage_bytes',
      'Memory of the group that has this limit, file cache included.',
      single(lowest.usageBytes),
    ),
    gauge(
      'container_memory_working_set_bytes',
      'Memory of this group without inactive file cache.',
      single(lowest.workingSetBytes),
    ),
    gauge(
      'container_memory_available_bytes',
      'What can still be had before a limit, of whichever group, is reached.',
      single(Math.max(0, roomBytes)),
    ),
  ];
}

function cpuFamilies(files: Procfs, [lowest]: readonly Limited[]): Family[] {
  if (lowest === undefined) return [];
  const stat = files.read(`${lowest.group}/cpu.stat`);
  return [
    gauge(
      'container_cpu_limit',
      'CPUs that the container and what it is part of may use at most.',
      single(lowest.limit),
    ),
    counter('container_cpu_time_seconds_total', 'CPU time of the group that has this limit.', [
      { labels: USER, value: parseCpuTime(stat, 'user_usec') },
      { labels: SYSTEM, value: parseCpuTime(stat, 'system_usec') },
    ]),
    counter(
      'container_cpu_throttled_seconds_total',
      'Time in which this group was held back by its limit, added up over CPUs.',
      single(parseCpuTime(stat, 'throttled_usec')),
    ),
  ];
}
