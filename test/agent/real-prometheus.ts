import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

const READY_WITHIN_MS = 60_000;

/** A Prometheus that records one signal each second, always with the same value; it can be stopped and started again. */
export class RealPrometheus {
  readonly url: string;
  readonly #directory: string;
  #child: Child | undefined;

  private constructor(directory: string, url: string) {
    this.#directory = directory;
    this.url = url;
  }

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
    const prometheus = new RealPrometheus(directory, `http://127.0.0.1:${await freePort()}`);
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
