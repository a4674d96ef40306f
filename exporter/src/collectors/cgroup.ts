import { posix } from 'node:path';
import { malformed, readCount } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';
import { type Mount, parseMountinfo } from './mounts.ts';

const MICROSECONDS_PER_SECOND = 1e6;

/** Where the process is in the tree of cgroup v2, and where that tree is mounted. */
export interface CgroupPlace {
  /** Of the process, as the kernel names it. */
  path: string;
  /** The part of the tree that is mounted; `/` unless a container sees only its own part under the host's names. */
  mountRoot: string;
  mountpoint: string;
}

/** Finds the place from the text of /proc/self/cgroup and the mount table; undefined where there is no cgroup v2. */
export function findCgroup(membership: string | undefined, procfs: Procfs): CgroupPlace | undefined {
  const path = /^0::(\/.*)$/m.exec(membership ?? '')?.[1];
  if (path === undefined) return undefined;
  const mounts = readIfThere(procfs, 'self/mountinfo');
  if (mounts === undefined) return undefined;
  const mount = parseMountinfo(mounts).find(({ type }: Mount) => type === 'cgroup2');
  return mount && { path, mountRoot: mount.root, mountpoint: mount.mountpoint };
}

/**
 * The groups whose limits bind the process, its own first, as paths below the mount point; the last is `.`, the mount
 * point itself.
 *
 * A limit that systemd puts on one service is about that service, not about the machine or container that it runs in: the
 * group of the service and those below it are left out.
 */
export function bindingGroups({ path, mountRoot }: Pick<CgroupPlace, 'path' | 'mountRoot'>): string[] {
  const inside = posix.relative(mountRoot, path);
  // A process that was moved out of its namespace, or out of what is mounted, is where nothing can be read.
  const isOutside = inside.startsWith('..') || path.startsWith('/..');
  const names = inside === '' || isOutside ? [] : inside.split('/');
  const service = names.findIndex((name) => name.endsWith('.service'));
  const binding = service === -1 ? names : names.slice(0, service);
  return [...binding.keys()]
    .map((index) => binding.slice(0, index + 1).join('/'))
    .reverse()
    .concat('.');
}

/** Reads memory.max: bytes, or undefined for no limit. */
export function parseMemoryMax(text: string): number | undefined {
  return text.trim() === 'max' ? undefined : readCount(text.trim(), 'memory.max');
}

/** Reads cpu.max: the quota in CPUs, or undefined for none. */
export function parseCpuMax(text: string): number | undefined {
  const [quota, period] = text.trim().split(' ');
  if (quota === 'max') return undefined;
  const periodMicroseconds = readCount(period, 'cpu.max');
  if (periodMicroseconds === 0) throw malformed('cpu.max', text.trim());
  return readCount(quota, 'cpu.max') / periodMicroseconds;
}

/** Reads one count of a file of lines `name count`, such as memory.stat. */
export function parseEntry(text: string, name: string, file: string): number {
  const found = new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1];
  return readCount(found, `${file} (${name})`);
}

/** Reads a time of cpu.stat, in seconds. */
export function parseCpuTime(text: string, name: string): number {
  return parseEntry(text, name, 'cpu.stat') / MICROSECONDS_PER_SECOND;
}

/** The text of a file, or undefined where there is none: a controller that is off, the root of the tree. */
export function readIfThere(files: Procfs, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
