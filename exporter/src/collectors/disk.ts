import type { Collector } from '../model/collector.ts';
import { counter, type Family, type Labels, type Sample } from '../model/family.ts';
import { readCount, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';
import { SeriesLabels } from '../model/series-labels.ts';

const FILE = '/proc/diskstats';
/** The kernel counts sectors of 512 bytes whatever the device's own sector size is. */
const BYTES_PER_SECTOR = 512;
const MS_PER_SECOND = 1000;

/** Devices in memory, and partitions: what they do is counted on their disk already. */
export const DEFAULT_EXCLUDED_DEVICES =
  '^(?:(?:ram|zram|loop|fd|sr)\\d+|(?:h|s|v|xv)d[a-z]+\\d+|(?:nvme\\d+n|mmcblk)\\d+p\\d+)$';

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

/** Reads the text of /proc/diskstats, without the devices that `excluded` matches. */
export function parseDiskstats(text: string, excluded: RegExp): DiskStat[] {
  const disks: DiskStat[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const fields = splitFields(line);
    const device = fields[2];
    if (device === undefined) throw new Error(`${FILE} is malformed: "${line.slice(0, 40)}" names no device`);
    if (!excluded.test(device)) disks.push(toDiskStat(device, fields));
  }
  return disks;
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

export function diskCollector(procfs: Procfs, excludeDevices = DEFAULT_EXCLUDED_DEVICES): Collector {
  const excluded = new RegExp(excludeDevices);
  const reading = new SeriesLabels((device) => diskLabels(device, 'read'));
  const writing = new SeriesLabels((device) => diskLabels(device, 'write'));
  const whole = new SeriesLabels((device) => ({ system_device: device }));
  return {
    name: 'disk',
    collect() {
      const disks = parseDiskstats(procfs.read('diskstats'), excluded);
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
