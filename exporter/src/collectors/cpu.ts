import type { Collector } from '../model/collector.ts';
import { counter, type Family, gauge, type Labels, type Sample, single } from '../model/family.ts';
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
  const withoutSmallFalls = smallFallsHeld();
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
      return cpuFamilies(withoutSmallFalls(samples), logicalCpus);
    },
  };
}

/** Beyond this a counter has begun anew: a CPU was taken out and put in again (node_exporter draws the line there, too). */
const SMALL_FALL_SECONDS = 3;

/** The kernel takes back a little of what it has counted as idle or iowait, which would read as a restart: the highest value stays. */
function smallFallsHeld(): (samples: readonly Sample[]) => Sample[] {
  const last = new Map<Labels, number>();
  const hold = (labels: Labels, value: number) => {
    const before = last.get(labels) ?? 0;
    return value < before && before - value < SMALL_FALL_SECONDS ? before : value;
  };
  return (samples) =>
    samples.map(({ labels, value }) => {
      const held = hold(labels, value);
      last.set(labels, held);
      return { labels, value: held };
    });
}

function cpuSamples(seconds: CpuSeconds, labels: SeriesLabels): Sample[] {
  return CPU_MODES.map((mode) => ({ labels: labels.of(mode), value: seconds[mode] }));
}

export function cpuFamilies(samples: readonly Sample[], logicalCpus: number): Family[] {
  const isCounted = samples.some(({ value }) => value > 0);
  return [
    // Some sandboxes (gVisor) say 0 of everything, which is not known rather than busy.
    ...(isCounted
      ? [
          counter(
            'system_cpu_time_seconds_total',
            'Seconds that the logical CPUs spent in each mode.',
            samples,
          ),
        ]
      : []),
    gauge('system_cpu_logical_cores', 'Logical CPUs that are online.', single(logicalCpus)),
  ];
}
