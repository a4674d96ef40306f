import type { Collector } from '../model/collector.ts';
import { gauge, single } from '../model/family.ts';
import { readDecimal, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';

const FILE = '/proc/loadavg';

/** Reads the text of /proc/loadavg: the averages of 1, 5 and 15 minutes. */
export function parseLoad(text: string): readonly [number, number, number] {
  const [one, five, fifteen] = splitFields(text);
  return [readDecimal(one, FILE), readDecimal(five, FILE), readDecimal(fifteen, FILE)];
}

export function loadCollector(procfs: Procfs): Collector {
  return {
    name: 'load',
    collect() {
      const [one, five, fifteen] = parseLoad(procfs.read('loadavg'));
      return [
        gauge('system_cpu_load_average_1m', 'Load average of 1 minute.', single(one)),
        gauge('system_cpu_load_average_5m', 'Load average of 5 minutes.', single(five)),
        gauge('system_cpu_load_average_15m', 'Load average of 15 minutes.', single(fifteen)),
      ];
    },
  };
}
