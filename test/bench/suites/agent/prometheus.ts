import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPart } from '@evenkeel/runtime';
import { stringify } from 'yaml';
import { type Server, startServer } from '../../processes.ts';

export interface BenchPrometheus extends Server {
  /** The number of series that an expression gives now, or its one value. */
  ask: (promql: string) => Promise<number>;
}

interface Setup {
  directory: string;
  /** The whole of prometheus.yml. */
  config: object;
  flags?: readonly string[];
}

/** A real Prometheus with a database of its own. */
export async function startPrometheus({ directory, config, flags = [] }: Setup): Promise<BenchPrometheus> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'prometheus.yml');
  writeFileSync(file, stringify(config));
  const args = (address: string) => [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=${address}`,
    '--log.level=error',
    ...flags,
  ];
  // On one core, so that what it does takes none from the agent.
  const server = await startServer(await findPart('prometheus'), args, {
    env: { ...process.env, GOMAXPROCS: '1' },
  });
  const { origin } = new URL(server.url);
  return { ...server, url: origin, ask: (promql) => ask(origin, promql) };
}

async function ask(origin: string, promql: string): Promise<number> {
  const response = await fetch(`${origin}/api/v1/query?${new URLSearchParams({ query: promql }).toString()}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? 0);
}
