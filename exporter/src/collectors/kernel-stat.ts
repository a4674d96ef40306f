import { malformed, readCount, splitFields } from '../model/fields.ts';

/** Kernel ticks are hundredths of a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export type CpuSeconds = Readonly<Record<CpuMode, number>>;

export interface KernelStat {
  /** Seconds since boot, added up over all logical CPUs. */
  cpuSeconds: CpuSeconds;
  logicalCpus: number;
  bootTimeSeconds: number;
  processesCreated: number;
  processesRunning: number;
  processesBlocked: number;
}

export const CPU_MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'steal'] as const;
export type CpuMode = (typeof CPU_MODES)[number];

const FILE = '/proc/stat';

/** Reads the text of /proc/stat. Guest time is part of user and nice time already, as the kernel counts it. */
export function parseKernelStat(text: string): KernelStat {
  return {
    cpuSeconds: toCpuSeconds(lineOf(text, 'cpu')),
    logicalCpus: (text.match(/^cpu\d+ /gm) ?? []).length,
    bootTimeSeconds: countOf(text, 'btime'),
    processesCreated: countOf(text, 'processes'),
    processesRunning: countOf(text, 'procs_running'),
    processesBlocked: countOf(text, 'procs_blocked'),
  };
}

/** The time of each logical CPU, by its number, which has gaps where one is offline. */
export function parseCpuSecondsByCore(text: string): Map<string, CpuSeconds> {
  const lines = text.matchAll(/^cpu(\d+) (.*)$/gm);
  return new Map([...lines].map(([, core, fields]) => [core!, toCpuSeconds(fields!)]));
}

function toCpuSeconds(fields: string): CpuSeconds {
  const seconds = splitFields(fields).map((field) => readCount(field, FILE) / TICKS_PER_SECOND);
  const [user, nice, system, idle, iowait, irq, softirq, steal] = seconds;
  if (steal === undefined) throw malformed(FILE, undefined);
  return {
    user: user!,
    nice: nice!,
    system: system!,
    idle: idle!,
    iowait: iowait!,
    interrupt: irq! + softirq!,
    steal,
  };
}

function countOf(text: string, key: string): number {
  return readCount(lineOf(text, key).trim(), FILE);
}

function lineOf(text: string, key: string): string {
  const start = text.startsWith(`${key} `) ? 0 : text.indexOf(`\n${key} `) + 1;
  if (start === 0 && !text.startsWith(`${key} `))
    throw new Error(`${FILE} is malformed: there is no line "${key}"`);
  const end = text.indexOf('\n', start);
  return text.slice(start + key.length + 1, end === -1 ? undefined : end);
}
