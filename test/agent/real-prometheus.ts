import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child, findPart, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

const READY_WITHIN_MS = 60_000;

/** A Prometheus on a free port; it can be stopped and started again. */
export class RealPrometheus {
  readonly url: string;
  readonly #directory: string;
  readonly #flags: readonly string[];
  #child: Child | undefined;

  private constructor(directory: string, url: string, flags: readonly string[] = []) {
    this.#directory = directory;
    this.url = url;
    this.#flags = flags;
  }

  /** It holds what an OpenMetrics text has, of whatever time, and adds nothing. */
  static async holding(
    openMetrics: string,
    directory: string,
    flags: readonly string[] = [],
  ): Promise<RealPrometheus> {
    mkdirSync(directory);
    const file = join(directory, 'history.txt');
    writeFileSync(file, openMetrics);
    const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, join(directory, 'data')];
    await promisify(execFile)(await findPart('promtool'), args);
    writeFileSync(join(directory, 'prometheus.yml'), '');
    const prometheus = new RealPrometheus(directory, await freeUrl(), flags);
    await prometheus.start();
    return prometheus;
  }

  /** It records one signal each second, always with the same value. */
  static async recording(
    signal: { name: string; value: number },
    directory: string,
  ): Promise<RealPrometheus> {
    mkdirSync(directory);
    writeFileSync(
      join(directory, 'rules.yml'),
      `groups:
  - name: signals
    interval: 1s
    rules:
      - record: evenkeel:signal:value
        expr: vector(${signal.value})
        labels: { signal: ${signal.name}, job: warehouse }
`,
    );
    writeFileSync(join(directory, 'prometheus.yml'), 'rule_files: [rules.yml]\n');
    const prometheus = new RealPrometheus(directory, await freeUrl());
    await prometheus.start();
    return prometheus;
  }

  async start(): Promise<void> {
    const { path, workingDirectory } = await findProgram('prometheus');
    this.#child = new Child({
      name: 'prometheus',
      command: path,
      args: [
        `--config.file=${join(this.#directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(this.#directory, 'data')}`,
        `--web.listen-address=${this.url.slice('http://'.length)}`,
        ...this.#flags,
      ],
      ...(workingDirectory !== undefined && { workingDirectory }),
      logFile: join(this.#directory, 'prometheus.log'),
    });
    await waitUntilReady(this.#child, `${this.url}/-/ready`, READY_WITHIN_MS);
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
    this.#child = undefined;
  }
}

async function freeUrl(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}
