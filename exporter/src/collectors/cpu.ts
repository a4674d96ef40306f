import type { Collector } from '../model/collector.ts';
import { counter, type Family, gauge, type Sample, single } from '../model/family.ts';
import { SeriesLabels } from '../model/series-labels.ts';
import type { Procfs } from '../sources/procfs.ts';
import { CPU_MODES, type CpuSeconds, parseCpuSecondsByCore, parseKernelStat } from './kernel-stat.ts';

export interface CpuOptions {
  /** Gives the time of each logical CPU instead of their sum. */
  perCore?: boolean;
}

export function cpuCollector(procfs: Procfs, { perCore = false }: CpuOptions = {}): Collector {
  const labels = new SeriesLabels((mode) => ({ cpu_mode: mode }));
  const coreLabels = new SeriesLabels(
    (core) => new SeriesLabels((mode) => ({ cpu_logical_number: core, cpu_mode: mode })),
  );
  return {
    name: 'cpu',
    collect() {
      const text = procfs.read('stat');
      const { cpuSeconds, logicalCpus } = parseKernelStat(text);
      const samples = perCore
        ? [...parseCpuSecondsByCore(text)].flatMap(([core, seconds]) =>
            cpuSamples(seconds, coreLabels.of(core)),
          )
        : cpuSamples(cpuSeconds, labels);
      return cpuFamilies(samples, logicalCpus);
    },
  };
}

function cpuSamples(seconds: CpuSeconds, labels: SeriesLabels): Sample[] {
  return CPU_MODES.map((mode) => ({ labels: labels.of(mode), value: seconds[mode] }));
}

export function cpuFamilies(samples: readonly Sample[], logicalCpus: number): Family[] {
  return [
    counter('system_cpu_time_seconds_total', 'Seconds that the logical CPUs spent in each mode.', samples),
    gauge('system_cpu_logical_cores', 'Logical CPUs that are online.', single(logicalCpus)),
  ];
}
