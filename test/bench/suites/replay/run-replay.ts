import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuSeconds } from '../../processes.ts';

const AGENT = join(import.meta.dirname, '../../../../rule-agent/src/main.ts');
const LOOK_EVERY_MS = 200;

export interface Run {
  seconds: number;
  cpuSeconds: number;
  /** The most memory that the process ever had. */
  peakMegabytes: number;
  report: { firings: readonly unknown[]; rules: readonly unknown[] };
}

/** Runs `evenkeel-agent replay` as a user would, from starting the process to the end of its answer. */
export async function runReplay(args: readonly string[]): Promise<Run> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...FLAGS, AGENT, 'replay', ...args, '--format=json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  let [peakMegabytes, cpu] = [0, 0];
  const watch = setInterval(() => {
    peakMegabytes = peakOf(child.pid!) ?? peakMegabytes;
    cpu = spentBy(child.pid!) ?? cpu;
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`replay ended with ${code}`);
  const seconds = (performance.now() - startedMs) / 1000;
  return { seconds, cpuSeconds: cpu, peakMegabytes, report: JSON.parse(text) as Run['report'] };
}

/** The first line of main.ts says how Node is to run it. */
const FLAGS = readFileSync(AGENT, 'utf8')
  .split('\n', 1)[0]!
  .split(' ')
  .filter((word) => word.startsWith('--'));

/** Undefined once the process is gone. */
function peakOf(pid: number): number | undefined {
  return orUndefined(() => {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return Number(kilobytes) / 1024;
  });
}

function spentBy(pid: number): number | undefined {
  return orUndefined(() => cpuSeconds(pid));
}

function orUndefined(read: () => number): number | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
