import type { Collector } from '../model/collector.ts';
import { type Family, gauge, type Labels, type Sample, single } from '../model/family.ts';
import { readCount } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';

const FILE = '/proc/meminfo';
const LINE = /^(\w+(?:\(\w+\))?):\s+(\d+)(?: kB)?$/gm;
const BYTES_PER_KIB = 1024;

const USED = { system_memory_state: 'used' };
const FREE = { system_memory_state: 'free' };
const BUFFERS = { system_memory_state: 'buffers' };
const CACHED = { system_memory_state: 'cached' };
const PAGING_USED = { system_paging_state: 'used' };
const PAGING_FREE = { system_paging_state: 'free' };

/** What a kernel does not say is undefined. */
export interface MemoryInfo {
  limitBytes: number;
  availableBytes: number;
  freeBytes: number;
  buffersBytes: number | undefined;
  /** Page cache and reclaimable slabs. */
  cachedBytes: number | undefined;
  usedBytes: number;
  swap: { totalBytes: number; freeBytes: number } | undefined;
}

/** Reads the text of /proc/meminfo; used is what is neither free, buffers nor cache, so that the states add up. */
export function parseMeminfo(text: string): MemoryInfo {
  const entries = new Map<string, string>();
  for (const [, key, value] of text.matchAll(LINE)) entries.set(key!, value!);
  const bytes = (key: string) => readCount(entries.get(key), `${FILE} (${key})`) * BYTES_PER_KIB;
  const bytesIfThere = (key: string) => (entries.has(key) ? bytes(key) : undefined);
  const limitBytes = bytes('MemTotal');
  const freeBytes = bytes('MemFree');
  const buffersBytes = bytesIfThere('Buffers');
  const cachedBytes = sumOfKnown(bytesIfThere('Cached'), bytesIfThere('SReclaimable'));
  const unusedBytes = freeBytes + (buffersBytes ?? 0) + (cachedBytes ?? 0);
  const availableBytes = bytesIfThere('MemAvailable') ?? unusedBytes - (bytesIfThere('Shmem') ?? 0);
  return {
    ...{ limitBytes, freeBytes, buffersBytes, cachedBytes },
    availableBytes: within(limitBytes, availableBytes),
    usedBytes: within(limitBytes, limitBytes - unusedBytes),
    swap: toSwap(bytesIfThere('SwapTotal'), bytesIfThere('SwapFree')),
  };
}

/** More swap is free than there is where a container's view of the host's (lxcfs) counts what it borrowed. */
function toSwap(totalBytes: number | undefined, freeBytes: number | undefined): MemoryInfo['swap'] {
  if (totalBytes === undefined || freeBytes === undefined) return undefined;
  return { totalBytes, freeBytes: within(totalBytes, freeBytes) };
}

function sumOfKnown(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function within(most: number, value: number): number {
  return Math.min(most, Math.max(0, value));
}

export function memoryCollector(procfs: Procfs): Collector {
  return { name: 'memory', collect: () => memoryFamilies(parseMeminfo(procfs.read('meminfo'))) };
}

export function memoryFamilies({ swap, ...memory }: MemoryInfo): Family[] {
  return [
    gauge('system_memory_usage_bytes', 'Memory by what it is used for; the states add up to the limit.', [
      { labels: USED, value: memory.usedBytes },
      { labels: FREE, value: memory.freeBytes },
      ...ifKnown(BUFFERS, memory.buffersBytes),
      ...ifKnown(CACHED, memory.cachedBytes),
    ]),
    gauge('system_memory_limit_bytes', 'Memory that the host has.', single(memory.limitBytes)),
    gauge(
      'system_linux_memory_available_bytes',
      'Memory that can be given to programs without swapping, as the kernel estimates it.',
      single(memory.availableBytes),
    ),
    ...(swap === undefined ? [] : [swapFamily(swap)]),
  ];
}

function swapFamily({ totalBytes, freeBytes }: NonNullable<MemoryInfo['swap']>): Family {
  return gauge('system_paging_usage_bytes', 'Swap space, used and free.', [
    { labels: PAGING_USED, value: totalBytes - freeBytes },
    { labels: PAGING_FREE, value: freeBytes },
  ]);
}

function ifKnown(labels: Labels, value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}
