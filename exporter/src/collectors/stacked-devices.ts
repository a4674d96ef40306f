/** Virtual block devices that keep what they are given on other disks of the host: RAID, LVM and LUKS, caches, replicas, ZFS volumes. */
const STACKED_DISKS = /^(?:md(?:_d)?\d|dm-\d|bcache\d|drbd\d|zd\d)/;

/**
 * Interfaces whose traffic passes through other ones: bonds, VLANs, bridges, tunnels, and the host's ends of containers and virtual
 * machines. By their usual names, since /proc does not say what an interface is.
 */
const STACKED_INTERFACES = new RegExp(
  [
    String.raw`\.\d+$`,
    String.raw`^(?:bond|team|vlan|macvlan|macvtap|ipvlan|dummy|ifb|vnet|tun|tap|tunl|wg|sit|gre|gretap|erspan|vti)\d`,
    String.raw`^(?:ip6tnl|ip6gre|ip6_vti|ipip|ip_vti)\d?`,
    String.raw`^(?:vxlan|geneve|virbr|vmbr|lxcbr|lxdbr|docker|podman|cni|cbr|kube-|cali|cilium|flannel|nodelocaldns|veth)`,
    String.raw`^(?:br\d|br-|bridge\d?$|lxc[0-9a-f]+$)`,
  ].join('|'),
);

export function isStackedDisk(device: string): boolean {
  return STACKED_DISKS.test(device);
}

export function isStackedInterface(name: string): boolean {
  return STACKED_INTERFACES.test(name);
}

/**
 * What is not made of something else in the list, so that sums count everything once. Where only stacked ones are listed, as within
 * many containers, what is below cannot be seen from here: they stay.
 */
export function withoutStacked<Device>(
  devices: readonly Device[],
  isStacked: (device: Device) => boolean,
): readonly Device[] {
  const physical = devices.filter((device) => !isStacked(device));
  return physical.length === 0 ? devices : physical;
}

/**
 * Whether a device is a partition of another one in the list. The kernel names them after their disk, with a `p` between where the
 * disk's name ends in a digit: `sda1`, `nvme0n1p1`, `md0p1`, `nbd0p1`, `dasda1`.
 */
export function isPartitionOf(devices: ReadonlySet<string>, device: string): boolean {
  const disk = /^(.*\D)\d+$/.exec(device)?.[1] ?? '';
  const numberedDisk = /^(.*\d)p\d+$/.exec(device)?.[1] ?? '';
  return devices.has(disk) || devices.has(numberedDisk);
}
