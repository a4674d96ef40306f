import type { Collector } from '../model/collector.ts';
import { type Family, gauge, single } from '../model/family.ts';
import { readDecimal, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';
import { parseKernelStat } from './kernel-stat.ts';

/** Reads the text of /proc/uptime: seconds since boot. */
export function parseUptime(text: string): number {
  return readDecimal(splitFields(text)[0], '/proc/uptime');
}

export function uptimeCollector(procfs: Procfs): Collector {
  return {
    name: 'uptime',
    collect() {
      const { bootTimeSeconds } = parseKernelStat(procfs.read('stat'));
      return uptimeFamilies(parseUptime(procfs.read('uptime')), bootTimeSeconds);
    },
  };
}

export function uptimeFamilies(uptimeSeconds: number, bootTimeSeconds: number): Family[] {
  return [
    gauge('system_uptime_seconds', 'Time since the host was started.', single(uptimeSeconds)),
    gauge(
      'system_boot_time_seconds',
      'When the host was started, in seconds since the epoch.',
      single(bootTimeSeconds),
    ),
  ];
}
