import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { messageOf } from '@evenkeel/toolkit';
import { type Collector, PartialFailure, type Problem } from '../model/collector.ts';
import { type Family, gauge, type Labels } from '../model/family.ts';
import { toRegExp } from '../model/pattern.ts';
import type { Procfs } from '../sources/procfs.ts';
import { type FilesystemSize, readLocalSize, RemoteSizes } from '../sources/statfs.ts';
import {
  DEFAULT_EXCLUDED_MOUNTPOINTS,
  DEFAULT_EXCLUDED_TYPES,
  type Mount,
  type MountFilter,
  parseMountinfo,
  selectMounts,
} from './mounts.ts';

export interface FilesystemOptions {
  procfs: Procfs;
  /** Where the host's root is mounted, in a container that watches its host. */
  rootfs?: string;
  excludeTypes?: readonly string[];
  excludeMountpoints?: string;
  readLocal?: (path: string | Buffer) => FilesystemSize;
  remote?: RemoteSizes;
}

export interface MeasuredMount {
  labels: MountLabels;
  size: FilesystemSize;
}

interface MountLabels {
  whole: Labels;
  used: Labels;
  free: Labels;
  reserved: Labels;
}

interface MountPlan {
  mount: Mount;
  /** Where it is reached, and how that is told. */
  path: string | Buffer;
  name: string;
  isLocal: boolean;
  labels: MountLabels;
}

export function filesystemCollector(options: FilesystemOptions): Collector {
  const { procfs, readLocal = readLocalSize, remote = new RemoteSizes() } = options;
  const plan = planner(options);
  return {
    name: 'filesystem',
    async collect(context) {
      const problems: Problem[] = [];
      const measure = async (planned: MountPlan): Promise<MeasuredMount[]> => {
        try {
          const { path, isLocal, labels } = planned;
          const size = isLocal ? readLocal(path) : await remote.read(path, context.signal);
          return size.sizeBytes === 0 ? [] : [{ labels, size }];
        } catch (error) {
          problems.push({ subject: planned.name, message: messageOf(error) });
          return [];
        }
      };
      const measured = (await Promise.all(plan(readMountinfo(procfs)).map(measure))).flat();
      const families = filesystemFamilies(measured);
      if (problems.length > 0) throw new PartialFailure(problems, families);
      return families;
    },
  };
}

/** Turns a mount table into what is to be measured, and does so again only when the table has changed. */
function planner(options: FilesystemOptions): (mountinfo: string) => readonly MountPlan[] {
  const { rootfs = '/' } = options;
  const filter = mountFilter(options);
  let known = '';
  let plans: MountPlan[] = [];
  return (mountinfo) => {
    if (mountinfo === known) return plans;
    plans = selectMounts(parseMountinfo(mountinfo), filter).map((mount) => ({
      mount,
      path: pathBelow(rootfs, mount),
      name: join(rootfs, mount.mountpoint),
      isLocal: mount.source.startsWith('/dev/'),
      labels: labelsOf(mount),
    }));
    known = mountinfo;
    return plans;
  };
}

/** As text where it is text. */
function pathBelow(rootfs: string, { mountpoint, path }: Mount): string | Buffer {
  return isUtf8(path) ? join(rootfs, mountpoint) : Buffer.concat([Buffer.from(`${rootfs}/`), path]);
}

/** What is left out where the config does not say. */
export function mountFilter(
  options: Pick<FilesystemOptions, 'excludeTypes' | 'excludeMountpoints'>,
): MountFilter {
  return {
    excludeTypes: new Set(options.excludeTypes ?? DEFAULT_EXCLUDED_TYPES),
    excludeMountpoints: toRegExp(options.excludeMountpoints ?? DEFAULT_EXCLUDED_MOUNTPOINTS),
  };
}

/** The mount table of process 1 is the host's, also from a container that shares its /proc; else our own must do. */
function readMountinfo(procfs: Procfs): string {
  try {
    return procfs.readLatin1('1/mountinfo');
  } catch {
    return procfs.readLatin1('self/mountinfo');
  }
}

export function labelsOf({
  mountpoint,
  source,
  type,
}: Pick<Mount, 'mountpoint' | 'source' | 'type'>): MountLabels {
  const whole = { mountpoint, system_device: source, system_filesystem_type: type };
  const state = (system_filesystem_state: string) => ({ ...whole, system_filesystem_state });
  return { whole, used: state('used'), free: state('free'), reserved: state('reserved') };
}

export function filesystemFamilies(mounts: readonly MeasuredMount[]): Family[] {
  return [
    gauge(
      'system_filesystem_usage_bytes',
      'Bytes used, free for users, and reserved for root; they add up to the size.',
      mounts.flatMap(({ labels, size }) => [
        { labels: labels.used, value: size.sizeBytes - size.freeBytes },
        { labels: labels.free, value: size.availableBytes },
        { labels: labels.reserved, value: size.freeBytes - size.availableBytes },
      ]),
    ),
    gauge(
      'system_filesystem_limit_bytes',
      'Size of the file system.',
      mounts.map(({ labels, size }) => ({ labels: labels.whole, value: size.sizeBytes })),
    ),
    gauge(
      'system_filesystem_utilization_ratio',
      'Share of what users can have that is used, as df shows it.',
      mounts.map(({ labels, size }) => ({ labels: labels.whole, value: utilizationOf(size) })),
    ),
  ];
}

/** Where users can have nothing at all it is full. */
function utilizationOf({ sizeBytes, freeBytes, availableBytes }: FilesystemSize): number {
  const usedBytes = sizeBytes - freeBytes;
  const usersBytes = usedBytes + availableBytes;
  return usersBytes === 0 ? 1 : usedBytes / usersBytes;
}
