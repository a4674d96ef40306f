import type { Collector } from '../model/collector.ts';
import { counter, gauge, single } from '../model/family.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import type { Procfs } from '../sources/procfs.ts';
import { CPU_MODES, parseKernelStat } from './kernel-stat.ts';

export function cpuCollector(procfs: Procfs): Collector {
  const labels = new SeriesLabels((mode) => ({ cpu_mode: mode }));
  return {
    name: 'cpu',
    collect() {
      const stat = parseKernelStat(procfs.read('stat'));
      return [
        counter(
          'system_cpu_time_seconds_total',
          'Seconds that the logical CPUs spent in each mode.',
          CPU_MODES.map((mode) => ({ labels: labels.of(mode), value: stat.cpuSeconds[mode] })),
        ),
        gauge('system_cpu_logical_cores', 'Logical CPUs that are online.', single(stat.logicalCpus)),
      ];
    },
  };
}
