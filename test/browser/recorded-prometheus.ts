import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Child, findPart, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

/** A busy host, for ten minutes. */
export const BUSY_HOST = join(import.meta.dirname, '../../grafana-plugin/testdata/range.json');
/** Two faults of the demo, each with its episode; docs/pictures are of it. */
export const TWO_EPISODES = join(import.meta.dirname, 'two-episodes.json.gz');

/** What Prometheus answers to a query of a range, as far as it matters. */
export interface Recording {
  data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
}

export interface RecordedPrometheus {
  url: string;
  /** The time range of the recording, epoch milliseconds. */
  fromMs: number;
  toMs: number;
  stop(): Promise<void>;
}

/** A real Prometheus whose only data is a recording of the running demo. */
export async function startRecordedPrometheus(
  directory: string,
  file = BUSY_HOST,
): Promise<RecordedPrometheus> {
  const recording = await readRecording(file);
  await load(recording, directory);
  const port = await freePort();
  const { path, workingDirectory } = await findProgram('prometheus');
  const config = join(directory, 'prometheus.yml');
  await writeFile(config, 'global: {}\n');
  const prometheus = new Child({
    name: 'prometheus',
    command: path,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      '--storage.tsdb.retention.time=100y',
      // A recording does not say when a series ended: it has when its next sample is not there.
      `--query.lookback-delta=${stepSecondsOf(recording) + 1}s`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    logFile: join(directory, 'prometheus.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(prometheus, `${url}/-/ready`, 30_000);
  const times = recording.data.result.flatMap(({ values }) => values.map(([at]) => at));
  return {
    url,
    fromMs: Math.min(...times) * 1000,
    toMs: Math.max(...times) * 1000,
    stop: () => prometheus.stop(),
  };
}

function stepSecondsOf({ data }: Recording): number {
  const { values } = data.result.find((series) => series.values.length > 1)!;
  return values[1]![0] - values[0]![0];
}

async function readRecording(file: string): Promise<Recording> {
  const bytes = await readFile(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as Recording;
}

async function load({ data }: Recording, directory: string): Promise<void> {
  const series = data.result.map(({ metric: { __name__: name = '', ...labels }, values }) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
    return { name, lines: values.map(([at, value]) => `${name}{${pairs.join(',')}} ${value} ${at}`) };
  });
  // A family's samples stand together.
  series.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const file = join(directory, 'recording.txt');
  await mkdir(directory, { recursive: true });
  await writeFile(file, `${series.flatMap(({ lines }) => lines).join('\n')}\n# EOF\n`);
  const promtool = await findPart('promtool');
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', file, join(directory, 'data')];
  const { status, stderr } = spawnSync(promtool, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the recording cannot be loaded: ${stderr}`);
}
