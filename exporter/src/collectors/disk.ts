import type { Collector } from '../model/collector.ts';
import { counter, type Family, type Labels, type Sample } from '../model/family.ts';
import { readCount, splitFields } from '../model/fields.ts';
import { toRegExp } from '../model/pattern.ts';
import type { Procfs } from '../sources/procfs.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import { isPartitionOf, isStackedDisk, withoutStacked } from './stacked-devices.ts';

const FILE = '/proc/diskstats';
/** The kernel counts sectors of 512 bytes whatever the device's own sector size is. */
const BYTES_PER_SECTOR = 512;
const MS_PER_SECOND = 1000;

/** Devices in memory, and drives without a disk of their own. */
const NO_DISKS = /^(?:ram|zram|loop|fd|sr)\d+$/;

export interface DiskStat {
  device: string;
  readBytes: number;
  writtenBytes: number;
  reads: number;
  writes: number;
  readSeconds: number;
  writeSeconds: number;
  busySeconds: number;
}

/** Reads the text of /proc/diskstats: the devices that are chosen. */
export function parseDiskstats(text: string, choose: DeviceChoice): DiskStat[] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(toNamedFields);
  const shown = choose(lines.map(({ device }) => device));
  return lines
    .filter(({ device }) => shown.has(device))
    .map(({ device, fields }) => toDiskStat(device, fields));
}

/** Of all that are listed, those that are shown. */
export type DeviceChoice = (devices: readonly string[]) => ReadonlySet<string>;

/** Each byte once: no partition beside its disk, and nothing that is kept on other devices of the list. */
export const physicalDisks: DeviceChoice = (devices) => {
  const all = new Set(devices);
  const whole = devices.filter((device) => !NO_DISKS.test(device) && !isPartitionOf(all, device));
  return new Set(withoutStacked(whole, isStackedDisk));
};

/** All but those that a pattern matches. */
export function allDisksBut(excluded: RegExp): DeviceChoice {
  return (devices) => new Set(devices.filter((device) => !excluded.test(device)));
}

function toNamedFields(line: string): { device: string; fields: readonly string[] } {
  const fields = splitFields(line);
  const device = fields[2];
  if (device === undefined) throw new Error(`${FILE} is malformed: "${line.slice(0, 40)}" names no device`);
  return { device, fields };
}

function toDiskStat(device: string, fields: readonly string[]): DiskStat {
  const at = (index: number) => readCount(fields[index], `${FILE} (${device})`);
  return {
    device,
    reads: at(3),
    readBytes: at(5) * BYTES_PER_SECTOR,
    readSeconds: at(6) / MS_PER_SECOND,
    writes: at(7),
    writtenBytes: at(9) * BYTES_PER_SECTOR,
    writeSeconds: at(10) / MS_PER_SECOND,
    busySeconds: at(12) / MS_PER_SECOND,
  };
}

export function diskCollector(procfs: Procfs, excludeDevices?: string): Collector {
  const choose = excludeDevices === undefined ? physicalDisks : allDisksBut(toRegExp(excludeDevices));
  const reading = new SeriesLabels((device) => diskLabels(device, 'read'));
  const writing = new SeriesLabels((device) => diskLabels(device, 'write'));
  const whole = new SeriesLabels((device) => ({ system_device: device }));
  return {
    name: 'disk',
    collect() {
      const disks = parseDiskstats(procfs.read('diskstats'), choose);
      const both = (read: (disk: DiskStat) => number, written: (disk: DiskStat) => number): Sample[] =>
        disks.flatMap((disk) => [
          { labels: reading.of(disk.device), value: read(disk) },
          { labels: writing.of(disk.device), value: written(disk) },
        ]);
      const busy = disks.map((disk) => ({ labels: whole.of(disk.device), value: disk.busySeconds }));
      return diskFamilies(both, busy);
    },
  };
}

export function diskBytes(samples: readonly Sample[]): Family {
  return counter('system_disk_io_bytes_total', 'Bytes read from and written to disks.', samples);
}

export function diskOperations(samples: readonly Sample[]): Family {
  return counter('system_disk_operations_total', 'Reads and writes that disks completed.', samples);
}

export function diskLabels(device: string, direction: 'read' | 'write'): Labels {
  return { system_device: device, disk_io_direction: direction };
}

type BothDirections = (read: (disk: DiskStat) => number, written: (disk: DiskStat) => number) => Sample[];

function diskFamilies(both: BothDirections, busy: readonly Sample[]): Family[] {
  return [
    diskBytes(
      both(
        (disk) => disk.readBytes,
        (disk) => disk.writtenBytes,
      ),
    ),
    diskOperations(
      both(
        (disk) => disk.reads,
        (disk) => disk.writes,
      ),
    ),
    counter(
      'system_disk_operation_time_seconds_total',
      'Time that reads and writes took, added up over those under way together.',
      both(
        (disk) => disk.readSeconds,
        (disk) => disk.writeSeconds,
      ),
    ),
    counter('system_disk_io_time_seconds_total', 'Time in which disks had something to do.', busy),
  ];
}
