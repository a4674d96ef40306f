import type { Collector } from '../model/collector.ts';
import { counter, type Family, type Sample } from '../model/family.ts';
import { malformed } from '../model/fields.ts';
import type { Procfs } from '../sources/procfs.ts';

const MICROSECONDS_PER_SECOND = 1e6;
const RESOURCES = [{ resource: 'cpu' }, { resource: 'io' }, { resource: 'memory' }] as const;

export interface Pressure {
  /** Seconds in which at least one task waited for the resource. */
  waitingSeconds: number;
  /** Seconds in which all tasks did; undefined on kernels that do not say so for this resource. */
  stalledSeconds: number | undefined;
}

/** Reads the text of a file of /proc/pressure. */
export function parsePressure(text: string, file: string): Pressure {
  const total = (kind: string) => new RegExp(`^${kind} .*\\btotal=(\\d+)$`, 'm').exec(text)?.[1];
  const some = total('some');
  const full = total('full');
  if (some === undefined) throw malformed(file, text.trim());
  return {
    waitingSeconds: Number(some) / MICROSECONDS_PER_SECOND,
    stalledSeconds: full === undefined ? undefined : Number(full) / MICROSECONDS_PER_SECOND,
  };
}

/** Pressure-stall figures. A kernel without them, or with them switched off, has none: that is no failure. */
export function pressureCollector(procfs: Procfs): Collector {
  return {
    name: 'pressure',
    collect() {
      const waiting: Sample[] = [];
      const stalled: Sample[] = [];
      for (const labels of RESOURCES) {
        const text = readIfSupported(procfs, `pressure/${labels.resource}`);
        if (text === undefined) continue;
        const pressure = parsePressure(text, `/proc/pressure/${labels.resource}`);
        waiting.push({ labels, value: pressure.waitingSeconds });
        if (pressure.stalledSeconds !== undefined) stalled.push({ labels, value: pressure.stalledSeconds });
      }
      return pressureFamilies(waiting, stalled);
    },
  };
}

function pressureFamilies(waiting: readonly Sample[], stalled: readonly Sample[]): Family[] {
  if (waiting.length === 0) return [];
  return [
    counter(
      'system_linux_pressure_waiting_seconds_total',
      'Time in which at least one task waited for the resource.',
      waiting,
    ),
    counter(
      'system_linux_pressure_stalled_seconds_total',
      'Time in which all tasks waited for the resource.',
      stalled,
    ),
  ];
}

function readIfSupported(procfs: Procfs, path: string): string | undefined {
  try {
    return procfs.read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EOPNOTSUPP' || code === 'ENOTSUP') return undefined;
    throw error;
  }
}
