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

  it('keeps an overlay at the root, which is the disk of a container', () => {
    const mounts = parseMountinfo(
      '1 0 0:33 / / rw - overlay overlay rw\n2 1 0:34 / /x rw - overlay overlay rw',
    );
    expect(selectMounts(mounts, filter).map(({ mountpoint }) => mountpoint)).toEqual(['/']);
  });
});
