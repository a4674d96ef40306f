import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** What all processors have done up to now, in milliseconds. */
export interface ProcessorTime {
  total: number;
  idle: number;
  /** What went into this process and all that it has started. */
  own: number;
}

/** The kernel's unit of processor time in /proc, for programs of any architecture. */
const TICK_MS = 10;
/** With less idle time than this, what waits for a processor waits long. */
const BUSY = 0.9;
/** With less than this, others are not the reason. */
const MUCH = 0.25;

export function readProcessorTime(): ProcessorTime {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
  return {
    total: sum(times.map((time) => sum(Object.values(time)))),
    idle: sum(times.map(({ idle }) => idle)),
    own: ownTimeOf(readProcesses(), process.pid),
  };
}

/** Says that other programs kept the machine busy between two moments, when they did. */
export function describeOthers(before: ProcessorTime, after: ProcessorTime): string | undefined {
  const total = after.total - before.total;
  if (total <= 0) return undefined;
  const busy = 1 - (after.idle - before.idle) / total;
  const others = busy - (after.own - before.own) / total;
  if (busy < BUSY || others < MUCH) return undefined;
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  return (
    `the machine was ${percent(busy)} busy meanwhile, ${percent(others)} with other programs: that alone may be the reason; ` +
    'try again when it has less to do'
  );
}

export interface ProcessTimes {
  pid: number;
  parent: number;
  usedMs: number;
}

/** What a process and all below it have used. */
export function ownTimeOf(processes: readonly ProcessTimes[], root: number): number {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const usedBelow = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + child.usedMs + usedBelow(child.pid), 0);
  const self = processes.find(({ pid }) => pid === root);
  return (self?.usedMs ?? 0) + usedBelow(root);
}

function readProcesses(): ProcessTimes[] {
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readTimes(Number(name)));
}

/** None for a process that has just ended. */
function readTimes(pid: number): ProcessTimes[] {
  const [, rest] = /^.*\) (.*)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  if (rest === undefined) return [];
  // proc(5): after the name come the state and the parent; 11 to 14 are what it and its ended children have used.
  const fields = rest.split(' ').map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return [{ pid, parent: fields[1] ?? 0, usedMs: (user + system + endedUser + endedSystem) * TICK_MS }];
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
