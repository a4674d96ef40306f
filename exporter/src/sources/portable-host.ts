import type { Systeminformation } from 'systeminformation';
import { Polled, type PolledOptions } from './polled.ts';

/** What the disks of a host did together; undefined where systeminformation does not know. */
export interface DiskTotals {
  bytes: { read: number; written: number } | undefined;
  operations: { read: number; written: number } | undefined;
}

/** What systeminformation knows of a host that has no /proc. */
export interface PortableFigures {
  memory: Systeminformation.MemData;
  filesystem: readonly Systeminformation.FsSizeData[];
  disk: DiskTotals;
  network: readonly Systeminformation.NetworkStatsData[];
}

export type PortableQuestions = { [Name in keyof PortableFigures]: () => Promise<PortableFigures[Name]> };

export type PortableHost = { [Name in keyof PortableFigures]: Polled<PortableFigures[Name]> };

/**
 * Asks systeminformation. It starts programs for its answers, dozens in a round, so it is asked in the background only, and
 * never for its list of processes. The module is loaded at the first question.
 */
export const SYSTEMINFORMATION: PortableQuestions = {
  memory: async () => (await load()).mem(),
  filesystem: async () => (await load()).fsSize(),
  disk: askDisks,
  network: async () => (await load()).networkStats('*'),
};

/** Nothing is asked before `start` of each. */
export function portableHost(
  options: PolledOptions,
  ask: PortableQuestions = SYSTEMINFORMATION,
): PortableHost {
  return {
    memory: new Polled(ask.memory, options),
    filesystem: new Polled(ask.filesystem, options),
    disk: new Polled(ask.disk, options),
    network: new Polled(ask.network, options),
  };
}

async function askDisks(): Promise<DiskTotals> {
  const si = await load();
  // On some systems these two are null, whatever their types say.
  const bytes = (await si.fsStats()) as Systeminformation.FsStatsData | null;
  const operations = (await si.disksIO()) as Systeminformation.DisksIoData | null;
  return {
    bytes: known(bytes?.rx, bytes?.wx),
    operations: known(operations?.rIO, operations?.wIO),
  };
}

/** Zero both ways is what systeminformation says when it could not look. */
function known(read: number | null | undefined, written: number | null | undefined) {
  return (read ?? 0) + (written ?? 0) > 0 ? { read: read ?? 0, written: written ?? 0 } : undefined;
}

async function load() {
  return (await import('systeminformation')).default;
}
