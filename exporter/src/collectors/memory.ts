import type { Collector } from '../model/collector.ts';
import { type Family, gauge, single } from '../model/family.ts';
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

export interface MemoryInfo {
  limitBytes: number;
  availableBytes: number;
  freeBytes: number;
  buffersBytes: number;
  /** Page cache and reclaimable slabs. */
  cachedBytes: number;
  usedBytes: number;
  swapBytes: number;
  swapFreeBytes: number;
}

/** Reads the text of /proc/meminfo; used is what is neither free, buffers nor cache, so that the states add up. */
export function parseMeminfo(text: string): MemoryInfo {
  const entries = new Map<string, string>();
  for (const [, key, value] of text.matchAll(LINE)) entries.set(key!, value!);
  const bytes = (key: string) => readCount(entries.get(key), `${FILE} (${key})`) * BYTES_PER_KIB;
  const limitBytes = bytes('MemTotal');
  const freeBytes = bytes('MemFree');
  const buffersBytes = bytes('Buffers');
  const cachedBytes = bytes('Cached') + bytes('SReclaimable');
  return {
    limitBytes,
    availableBytes: bytes('MemAvailable'),
    freeBytes,
    buffersBytes,
    cachedBytes,
    usedBytes: Math.max(0, limitBytes - freeBytes - buffersBytes - cachedBytes),
    swapBytes: bytes('SwapTotal'),
    swapFreeBytes: bytes('SwapFree'),
  };
}

export function memoryCollector(procfs: Procfs): Collector {
  return { name: 'memory', collect: () => memoryFamilies(parseMeminfo(procfs.read('meminfo'))) };
}

export function memoryFamilies(memory: MemoryInfo): Family[] {
  return [
    gauge('system_memory_usage_bytes', 'Memory by what it is used for; the states add up to the limit.', [
      { labels: USED, value: memory.usedBytes },
      { labels: FREE, value: memory.freeBytes },
      { labels: BUFFERS, value: memory.buffersBytes },
      { labels: CACHED, value: memory.cachedBytes },
    ]),
    gauge('system_memory_limit_bytes', 'Memory that the host has.', single(memory.limitBytes)),
    gauge(
      'system_linux_memory_available_bytes',
      'Memory that can be given to programs without swapping, as the kernel estimates it.',
      single(memory.availableBytes),
    ),
    gauge('system_paging_usage_bytes', 'Swap space, used and free.', [
      { labels: PAGING_USED, value: memory.swapBytes - memory.swapFreeBytes },
      { labels: PAGING_FREE, value: memory.swapFreeBytes },
    ]),
  ];
}
