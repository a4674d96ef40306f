import { isUtf8 } from 'node:buffer';

/** One line of /proc/<pid>/mountinfo. */
export interface Mount {
  /** Of this mount, and of the one that it was mounted on. */
  id: string;
  parent: string;
  /** major:minor of the file system, the same for all mounts of it. */
  deviceNumber: string;
  /** The part of the file system that is mounted; `/` unless it is a bind mount or a subvolume. */
  root: string;
  mountpoint: string;
  /** The same as the kernel has it, which need not be UTF-8. */
  path: Buffer;
  type: string;
  /** What is mounted: `/dev/sda1`, `server:/export`. */
  source: string;
}

/**
 * Types that are no storage of this host:
 * windows into the kernel (proc, sysfs, cgroup, ...); views of memory that the memory metrics count already (tmpfs,
 * ramfs, devtmpfs, hugetlbfs); images that are full by design (squashfs, iso9660, erofs); layers over file systems that
 * are counted themselves (overlay, autofs, and those of desktop and container helpers in user space).
 */
export const DEFAULT_EXCLUDED_TYPES: readonly string[] = [
  'autofs',
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'debugfs',
  'devpts',
  'devtmpfs',
  'efivarfs',
  'erofs',
  'fuse.gvfsd-fuse',
  'fuse.lxcfs',
  'fuse.portal',
  'fusectl',
  'hugetlbfs',
  'iso9660',
  'mqueue',
  'nsfs',
  'overlay',
  'proc',
  'pstore',
  'ramfs',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'squashfs',
  'sysfs',
  'tmpfs',
  'tracefs',
];

/** Mounts that container runtimes make, and the kernel's own trees. */
export const DEFAULT_EXCLUDED_MOUNTPOINTS =
  '^/(?:dev|proc|sys|etc/(?:hosts|hostname|resolv\\.conf)|run/credentials|run/user|var/lib/docker|var/lib/containers|var/lib/kubelet/pods)(?:$|/)';

/** Reads /proc/<pid>/mountinfo, a character for each of its bytes; see proc_pid_mountinfo(5). */
export function parseMountinfo(latin1: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of latin1.split('\n')) {
    if (line === '') continue;
    const [left = '', right = ''] = line.split(' - ', 2);
    const [id = '', parent = '', deviceNumber, root, mountpoint] = left.split(' ');
    const [type = '', source = ''] = right.split(' ');
    if (deviceNumber === undefined || root === undefined || mountpoint === undefined || type === '') {
      throw new Error(`mountinfo is malformed: "${line.slice(0, 60)}"`);
    }
    const path = unescaped(mountpoint);
    mounts.push({
      ...{ id, parent, deviceNumber, type, path },
      root: readable(unescaped(root)),
      mountpoint: readable(path),
      source: readable(unescaped(source)),
    });
  }
  return mounts;
}

export interface MountFilter {
  excludeTypes: ReadonlySet<string>;
  excludeMountpoints: RegExp;
}

/**
 * The mounts worth measuring, one for each file system: rather its root than a part of it, then the shortest path. What something
 * else was mounted over cannot be reached, and its path shows the other one.
 * An overlay at `/` is kept: inside a container it is the disk.
 */
export function selectMounts(mounts: readonly Mount[], filter: MountFilter): Mount[] {
  const byDevice = new Map<string, Mount>();
  const isCovered = coverFinder(mounts);
  for (const mount of mounts) {
    if (!isStorage(mount, filter) || isCovered(mount)) continue;
    const chosen = byDevice.get(mount.deviceNumber);
    if (chosen === undefined || comesBefore(mount, chosen)) byDevice.set(mount.deviceNumber, mount);
  }
  return [...byDevice.values()];
}

function isStorage({ type, mountpoint }: Mount, { excludeTypes, excludeMountpoints }: MountFilter): boolean {
  if (type === 'overlay' && mountpoint === '/') return true;
  return !excludeTypes.has(type) && !excludeMountpoints.test(mountpoint);
}

function comesBefore(one: Mount, other: Mount): boolean {
  const isWhole = one.root === '/';
  if (isWhole !== (other.root === '/')) return isWhole;
  return one.mountpoint.length < other.mountpoint.length;
}

/** A mount is covered by a later one at its path, or above, that it does not stand on. */
function coverFinder(mounts: readonly Mount[]): (mount: Mount) => boolean {
  const byId = new Map(mounts.map((mount) => [mount.id, mount]));
  const order = new Map(mounts.map((mount, index) => [mount, index]));
  const byPath = Map.groupBy(mounts, ({ mountpoint }) => mountpoint);
  return (mount) => {
    const below = new Set<Mount>();
    for (
      let each: Mount | undefined = mount;
      each !== undefined && !below.has(each);
      each = byId.get(each.parent)
    ) {
      below.add(each);
    }
    const covers = (other: Mount) => order.get(other)! > order.get(mount)! && !below.has(other);
    return pathsAbove(mount.mountpoint).some((path) => byPath.get(path)?.some(covers));
  };
}

/** `/srv/a`, `/srv` and `/` for `/srv/a`. */
function pathsAbove(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return ['/', ...names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)];
}

/** The kernel writes blanks and backslashes in paths as octal escapes. */
function unescaped(latin1: string): Buffer {
  const bytes = latin1.replace(/\\([0-7]{3})/g, (_match, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** The bytes as text. Where they are no UTF-8, those beyond ASCII are written as `\\xe9`, so that no two paths read the same. */
function readable(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u00ff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
