import { freePort } from '@evenkeel/toolkit/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../../packages/demo/src/main.ts');
const READY_DEADLINE_MS = 60_000;
const POLL_MS = 100;

export interface DemoOptions {
  databaseUrl: string;
  /** For files of ours. */
  directory: string;
  daysPerMinute: number;
}

/** The demo's own processes on a database of the test: carrier, warehouse and the driver with its real orders. */
export class DemoProcesses {
  readonly #children: ChildProcess[] = [];
  #log = '';

  async start({ databaseUrl, directory, daysPerMinute }: DemoOptions): Promise<void> {
    const urlFile = join(directory, 'database-url');
    writeFileSync(urlFile, databaseUrl, { mode: 0o600 });
    const carrier = `127.0.0.1:${await freePort()}`;
    const warehouse = `127.0.0.1:${await freePort()}`;
    this.#run(['carrier', `--web.listen-address=${carrier}`]);
    this.#run([
      'serve',
      `--web.listen-address=${warehouse}`,
      `--database-url-file=${urlFile}`,
      `--carrier-url=http://${carrier}`,
    ]);
    await this.#waitUntilReady(`http://${warehouse}/-/ready`);
    this.#run(['drive', `--api-url=http://${warehouse}`, `--days-per-minute=${daysPerMinute}`]);
  }

  /** Ends the driver first, then what it talks to; what was under way is finished. */
  async stop(): Promise<void> {
    for (const child of this.#children.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }

  /** @throws Error with the last lines of the log when one of them has ended by itself */
  requireRunning(): void {
    const ended = this.#children.find(({ exitCode }) => exitCode !== null);
    if (ended !== undefined) throw new Error(`${ended.spawnargs[2]!} ended by itself: ${this.#log}`);
  }

  #run(args: readonly string[]): void {
    const child = spawn(process.execPath, [MAIN, ...args, '--log.level=warn'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => (this.#log = `${this.#log}${chunk.toString()}`.slice(-2000)));
    this.#children.push(child);
  }

  async #waitUntilReady(url: string): Promise<void> {
    const deadlineMs = performance.now() + READY_DEADLINE_MS;
    while (performance.now() < deadlineMs) {
      const ready = await fetch(url).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      this.requireRunning();
      await delay(POLL_MS);
    }
    throw new Error(`${url} is not ready`);
  }
}
