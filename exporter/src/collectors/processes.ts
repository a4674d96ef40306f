import type { Collector } from '../model/collector.ts';
import { counter, gauge, single } from '../model/family.ts';
import { readCount, splitFields } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';
import { parseKernelStat } from './kernel-stat.ts';

const RUNNING = { process_status: 'running' };
const BLOCKED = { process_status: 'blocked' };

/** Reads the number of threads from the fourth field of /proc/loadavg, `running/all`. */
export function parseThreads(text: string): number {
  return readCount(splitFields(text)[3]?.split('/')[1], '/proc/loadavg');
}

/** Counts only, from two files: walking /proc/<pid> would cost more than all other host metrics together. */
export function processesCollector(procfs: Procfs): Collector {
  return {
    name: 'processes',
    collect() {
      const stat = parseKernelStat(procfs.read('stat'));
      return [
        gauge('system_processes', 'Threads that run or can run, and those blocked on input or output.', [
          { labels: RUNNING, value: stat.processesRunning },
          { labels: BLOCKED, value: stat.processesBlocked },
        ]),
        gauge('system_threads', 'Threads that exist.', single(parseThreads(procfs.read('loadavg')))),
        counter(
          'system_processes_created_total',
          'Processes and threads created since boot.',
          single(stat.processesCreated),
        ),
      ];
    },
  };
}
