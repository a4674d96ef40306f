import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPart } from '@evenkeel/runtime';
import type { BenchPostgres } from '../postgres.ts';
import { startServer } from '../processes.ts';

const RUNS = 5;
const POLL_MS = 50;
const DEADLINE_MS = 120_000;
const APPLICATION = 'sql_exporter';

/**
 * How long PostgreSQL works on a query each time that prometheus-sql-exporter runs it, in milliseconds. That exporter
 * runs its queries by its own interval, not when it is scraped, so it is PostgreSQL that is asked.
 */
export async function sqlExporterQueryMs(postgres: BenchPostgres, sql: string): Promise<number[]> {
  const program = await findPart('prometheus-sql-exporter');
  const config = writeConfig(postgres, sql);
  const exporter = await startServer(program, (address) => [
    `-web.listen-address=${address}`,
    `-config.file=${config}`,
  ]);
  try {
    return await watchQueries(postgres);
  } finally {
    await exporter.stop();
  }
}

async function watchQueries({ client }: BenchPostgres): Promise<number[]> {
  const tookMs = new Map<string, number>();
  const deadlineMs = performance.now() + DEADLINE_MS;
  while (tookMs.size < RUNS) {
    if (performance.now() > deadlineMs) throw new Error('prometheus-sql-exporter runs no queries');
    await delay(POLL_MS);
    const { rows } = await client.query<{ started: string; took_ms: number }>(
      `select query_start::text as started, 1000 * extract(epoch from state_change - query_start)::float as took_ms
       from pg_stat_activity where application_name = $1 and state = 'idle' and query like '%group by%'`,
      [APPLICATION],
    );
    for (const { started, took_ms } of rows) tookMs.set(started, took_ms);
  }
  return [...tookMs.values()];
}

function writeConfig({ url, directory }: BenchPostgres, sql: string): string {
  const connection = new URL(url);
  connection.searchParams.set('sslmode', 'disable');
  connection.searchParams.set('application_name', APPLICATION);
  const query = {
    name: 'lines',
    help: 'Order lines.',
    labels: ['site'],
    values: ['units_requested', 'units_filled'],
    query: sql,
  };
  const job = { name: 'bench', interval: '1s', connections: [connection.href], queries: [query] };
  const file = join(directory, 'sql-exporter.yml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ jobs: [job] }));
  return file;
}
