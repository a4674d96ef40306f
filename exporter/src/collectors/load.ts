import type { Collector } from '../model/collector.ts';
import { type Family, gauge, single } from '../model/family.ts';
import { readDecimal, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';

const FILE = '/proc/loadavg';

/** Of 1, 5 and 15 minutes. */
export type LoadAverages = readonly [number, number, number];

/** Reads the text of /proc/loadavg. */
export function parseLoad(text: string): LoadAverages {
  const [one, five, fifteen] = splitFields(text);
  return [readDecimal(one, FILE), readDecimal(five, FILE), readDecimal(fifteen, FILE)];
}

export function loadCollector(procfs: Procfs): Collector {
  return { name: 'load', collect: () => loadFamilies(parseLoad(procfs.read('loadavg'))) };
}

export function loadFamilies([one, five, fifteen]: LoadAverages): Family[] {
  return [
    gauge('system_cpu_load_average_1m', 'Load average of 1 minute.', single(one)),
    gauge('system_cpu_load_average_5m', 'Load average of 5 minutes.', single(five)),
    gauge('system_cpu_load_average_15m', 'Load average of 15 minutes.', single(fifteen)),
  ];
}
