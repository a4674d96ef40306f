import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_EXCLUDED_MOUNTPOINTS,
  DEFAULT_EXCLUDED_TYPES,
  parseMountinfo,
  selectMounts,
} from './mounts.ts';

const captured = readFileSync(join(import.meta.dirname, '../../testdata/proc/1/mountinfo'), 'utf8');
const filter = {
  excludeTypes: new Set(DEFAULT_EXCLUDED_TYPES),
  excludeMountpoints: new RegExp(DEFAULT_EXCLUDED_MOUNTPOINTS),
};

describe('parseMountinfo', () => {
  it('reads blanks and backslashes in paths', () => {
    expect(parseMountinfo(captured).map(({ mountpoint }) => mountpoint)).toContain('/mnt/a disk\\');
  });

  it('skips the optional fields before the hyphen', () => {
    expect(parseMountinfo(captured)).toContainEqual({
      id: '27',
      parent: '1',
      path: Buffer.from('/'),
      deviceNumber: '254:0',
      root: '/',
      mountpoint: '/',
      type: 'ext4',
      source: '/dev/vda',
    });
  });

  it('refuses a line without a type', () => {
    expect(() => parseMountinfo('27 1 254:0 / / rw')).toThrow('mountinfo is malformed: "27 1 254:0 / / rw"');
  });
});

describe('selectMounts', () => {
  it('keeps one mount of each file system that stores something', () => {
    const selected = selectMounts(parseMountinfo(captured), filter);
    expect(selected.map(({ mountpoint, type }) => [mountpoint, type])).toEqual([
      ['/', 'ext4'],
      ['/a', 'xfs'],
      ['/share', 'nfs4'],
    ]);
  });

  const paths = (text: string) =>
    selectMounts(parseMountinfo(text), filter).map(({ mountpoint, source }) => `${mountpoint} ${source}`);
  const ROOT = '21 1 8:1 / / rw - ext4 /dev/sda1 rw\n';

  it.each([
    [
      'on one path the upper one',
      '30 21 8:17 / /a rw - ext4 /dev/sdb1 rw\n31 30 8:33 / /a rw - xfs /dev/sdc1 rw',
      ['/a /dev/sdc1'],
    ],
    [
      'not what lies below a path that was mounted over',
      '30 21 8:17 / /a/b rw - ext4 /dev/sdb1 rw\n31 21 8:33 / /a rw - xfs /dev/sdc1 rw',
      ['/a /dev/sdc1'],
    ],
    [
      'what is mounted below another one',
      '30 21 8:17 / /a rw - ext4 /dev/sdb1 rw\n31 30 8:33 / /a/b rw - xfs /dev/sdc1 rw',
      ['/a /dev/sdb1', '/a/b /dev/sdc1'],
    ],
    [
      'what is mounted where an automounter waits',
      '30 21 0:40 / /a rw - autofs systemd-1 rw\n31 30 8:33 / /a rw - xfs /dev/sdc1 rw',
      ['/a /dev/sdc1'],
    ],
    [
      'not what memory was mounted over',
      '30 21 8:17 / /a rw - ext4 /dev/sdb1 rw\n31 30 0:9 / /a rw - tmpfs t rw',
      [],
    ],
    [
      'a path that begins like a covered one',
      '30 21 8:17 / /ab rw - ext4 /dev/sdb1 rw\n31 21 0:9 / /a rw - tmpfs t rw',
      ['/ab /dev/sdb1'],
    ],
  ])('keeps of stacked mounts %s', (_what, lines, expected) => {
    expect(paths(ROOT + lines)).toEqual(['/ /dev/sda1', ...expected]);
  });

  it('keeps an overlay at the root, which is the disk of a container', () => {
    const mounts = parseMountinfo(
      '1 0 0:33 / / rw - overlay overlay rw\n2 1 0:34 / /x rw - overlay overlay rw',
    );
    expect(selectMounts(mounts, filter).map(({ mountpoint }) => mountpoint)).toEqual(['/']);
  });
});
