import { join } from 'node:path';
import { findPart } from '@evenkeel/runtime';
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

/** As the first line of the exporter's main.ts has it. */
const YOUNG_GENERATION = '--max-semi-space-size=8';

export const NODE_EXPORTER = 'prometheus-node-exporter';

/** The exporter as it is started by its own first line. */
export function startExporter(...flags: string[]): Promise<Server> {
  const main = join(import.meta.dirname, '../../../exporter/src/main.ts');
  return startServer(process.execPath, (address) => [
    YOUNG_GENERATION,
    main,
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
  return startServer(process.execPath, (address) => [YOUNG_GENERATION, main, address, ...args]);
}
