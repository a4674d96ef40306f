import { join } from 'node:path';
import { findPart, nodeFlagsOf } from '@evenkeel/runtime';
import { type Server, startServer } from '../processes.ts';

/** What gives the same figures as our nine: stat has boot time and processes. */
const THEIR_COLLECTORS = [
  'cpu',
  'meminfo',
  'loadavg',
  'filesystem',
  'diskstats',
  'netdev',
  'stat',
  'pressure',
  'time',
];

const EXPORTER = join(import.meta.dirname, '../../../exporter/src/main.ts');

export const NODE_EXPORTER = 'prometheus-node-exporter';

/** The exporter as it is started by its own first line. */
export function startExporter(...flags: string[]): Promise<Server> {
  return startServer(process.execPath, (address) => [
    ...nodeFlagsOf(EXPORTER),
    EXPORTER,
    `--web.listen-address=${address}`,
    '--no-collector.hostfacts',
    ...flags,
  ]);
}

export async function startNodeExporter(): Promise<Server> {
  const program = await findPart(NODE_EXPORTER);
  return startServer(program, (address) => [
    `--web.listen-address=${address}`,
    '--collector.disable-defaults',
    ...THEIR_COLLECTORS.map((name) => `--collector.${name}`),
  ]);
}

/** One of the suite's own programs, with the same flags. */
export function startProgram(file: string, ...args: string[]): Promise<Server> {
  const main = join(import.meta.dirname, file);
  return startServer(process.execPath, (address) => [...nodeFlagsOf(EXPORTER), main, address, ...args]);
}
