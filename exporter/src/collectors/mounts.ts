/** One line of /proc/<pid>/mountinfo. */
export interface Mount {
  /** major:minor of the file system, the same for all mounts of it. */
  deviceNumber: string;
  /** The part of the file system that is mounted; `/` unless it is a bind mount or a subvolume. */
  root: string;
  mountpoint: string;
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
  '^/(?:dev|proc|sys|run/credentials|run/user|var/lib/docker|var/lib/containers|var/lib/kubelet/pods)(?:$|/)';

/** Reads the text of /proc/<pid>/mountinfo; see proc_pid_mountinfo(5). */
export function parseMountinfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [left = '', right = ''] = line.split(' - ', 2);
    const [, , deviceNumber, root, mountpoint] = left.split(' ');
    const [type = '', source = ''] = right.split(' ');
    if (deviceNumber === undefined || root === undefined || mountpoint === undefined || type === '') {
      throw new Error(`mountinfo is malformed: "${line.slice(0, 60)}"`);
    }
    mounts.push({
      deviceNumber,
      root: unescapeOctal(root),
      mountpoint: unescapeOctal(mountpoint),
      type,
      source: unescapeOctal(source),
    });
  }
  return mounts;
}

export interface MountFilter {
  excludeTypes: ReadonlySet<string>;
  excludeMountpoints: RegExp;
}

/**
 * The mounts worth measuring, one for each file system: rather its root than a part of it, then the shortest path.
 * An overlay at `/` is kept: inside a container it is the disk.
 */
export function selectMounts(mounts: readonly Mount[], filter: MountFilter): Mount[] {
  const byDevice = new Map<string, Mount>();
  for (const mount of mounts) {
    if (!isStorage(mount, filter)) continue;
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

/** The kernel writes blanks and backslashes in paths as octal escapes. */
function unescapeOctal(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\([0-7]{3})/g, (_match, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    : text;
}
