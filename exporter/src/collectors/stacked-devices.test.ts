import { describe, expect, it } from '@jest/globals';
import { isPartitionOf, isStackedDisk, isStackedInterface, withoutStacked } from './stacked-devices.ts';

describe('a partition', () => {
  it.each([
    ['sda1', 'sda'],
    ['xvdb12', 'xvdb'],
    ['dasda1', 'dasda'],
    ['nvme0n1p2', 'nvme0n1'],
    ['mmcblk0p1', 'mmcblk0'],
    ['md127p3', 'md127'],
    ['nbd0p1', 'nbd0'],
    ['rbd3p1', 'rbd3'],
    ['zd16p2', 'zd16'],
    ['loop0p1', 'loop0'],
  ])('%s is one of %s', (partition, disk) => {
    expect(isPartitionOf(new Set([disk, partition]), partition)).toBe(true);
    expect(isPartitionOf(new Set([partition]), partition)).toBe(false);
  });

  it.each([
    ['sdaa', 'sda'],
    ['md12', 'md1'],
    ['dm-10', 'dm-1'],
    ['nvme1n1', 'nvme1'],
    ['mmcblk0boot0', 'mmcblk0'],
    ['sdap1', 'sda'],
  ])('%s is none of %s', (device, other) => {
    expect(isPartitionOf(new Set([other, device]), device)).toBe(false);
  });
});

describe('a stacked device', () => {
  it.each(['md0', 'md_d1', 'dm-12', 'bcache0', 'drbd1', 'zd0'])('is the disk %s', (device) => {
    expect(isStackedDisk(device)).toBe(true);
  });

  it.each(['sda', 'vdb', 'xvda1', 'nvme0n1', 'nbd0', 'rbd0', 'dasda', 'mmcblk0'])(
    'is not the disk %s',
    (device) => {
      expect(isStackedDisk(device)).toBe(false);
    },
  );

  it.each([
    ...[
      'bond0',
      'team0',
      'bond0.100',
      'eth0.5',
      'vlan100',
      'br0',
      'br-5f9d8a',
      'bridge',
      'docker0',
      'docker_gwbridge',
    ],
    ...[
      'virbr0',
      'vmbr1',
      'cni0',
      'flannel.1',
      'cali0a1b2c',
      'cilium_host',
      'lxc0a1b2c3d',
      'vxlan.calico',
      'kube-ipvs0',
    ],
    ...['tun0', 'tap0', 'wg0', 'tunl0', 'ip6tnl0', 'sit0', 'vnet3', 'dummy0', 'veth12ab', 'macvtap0'],
  ])('is the interface %s', (name) => {
    expect(isStackedInterface(name)).toBe(true);
  });

  it.each([
    'eth0',
    'eno1',
    'eno1:1',
    'enp3s0f1',
    'wlan0',
    'wlp2s0',
    'ib0',
    'venet0',
    'ens192',
    'lan1',
    'net1',
    'ppp0',
    'brcm0',
  ])('is not the interface %s', (name) => {
    expect(isStackedInterface(name)).toBe(false);
  });

  it('stays where nothing else is listed', () => {
    expect(withoutStacked(['tap0', 'eth0'], isStackedInterface)).toEqual(['eth0']);
    expect(withoutStacked(['tap0'], isStackedInterface)).toEqual(['tap0']);
  });
});
