import { findPortOwner } from '@evenkeel/toolkit';
import { freePort } from '@evenkeel/toolkit/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const PARTS = [
  'postgres',
  'carrier',
  'warehouse',
  'exporter',
  'prometheus',
  'alertmanager',
  'agent',
  'grafana',
  'preview',
] as const;

export type PartName = (typeof PARTS)[number];

/** `npm start` as a user runs it, on free ports. */
export class StartedSystem {
  readonly ports: Readonly<Record<PartName, number>>;
  readonly exitCode: Promise<number | null>;
  readonly #process: ChildProcess;
  readonly #mark = randomUUID();
  #output = '';

  private constructor(ports: Readonly<Record<PartName, number>>, args: readonly string[]) {
    this.ports = ports;
    const portFlags = PARTS.map((part) => `--${part}-port=${ports[part]}`);
    this.#process = spawn('npm', ['start', '--', ...portFlags, ...args], {
      cwd: CHECKOUT,
      // A group of its own, so that a test can press ctrl-C as a terminal does: for npm and all below it.
      detached: true,
      env: { ...process.env, EVENKEEL_TEST_RUN: this.#mark },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { promise, resolve } = Promise.withResolvers<number | null>();
    this.exitCode = promise;
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.#process.once('close', resolve);
  }

  static async start(...args: string[]): Promise<StartedSystem> {
    const ports = await Promise.all(PARTS.map(freePort));
    return new StartedSystem(
      Object.fromEntries(PARTS.map((part, index) => [part, ports[index]!])) as never,
      args,
    );
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  url(part: PartName, path: string): string {
    return `http://127.0.0.1:${this.ports[part]}${path}`;
  }

  /** The metrics pages of the parts that are of this repository. */
  ourPages(): Record<'exporter' | 'warehouse' | 'agent', [string]> {
    const page = (part: PartName): [string] => [this.url(part, '/metrics')];
    return { exporter: page('exporter'), warehouse: page('warehouse'), agent: page('agent') };
  }

  /** Waits until a text is printed; fails at once when the system ends before. */
  async printed(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      if (this.#process.exitCode !== null)
        throw new Error(`ended before it printed "${text}":\n${this.#output}`);
      await pause(100);
    }
  }

  /** The process that has started all others; npm waits for it. */
  async mainProcess(): Promise<number> {
    const exporter = await findPortOwner(this.ports.exporter);
    const stat = readProcessFile(String(exporter!.pid), 'stat');
    return Number(/\) \S (\d+)/.exec(stat)![1]);
  }

  /** What a terminal does on ctrl-C: SIGINT to the whole foreground group. */
  pressCtrlC(): void {
    this.#signal('SIGINT');
  }

  /** For the end of a test, however it went. */
  async end(): Promise<void> {
    this.#signal('SIGTERM');
    await this.exitCode;
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.#process.pid!, signal);
    } catch {
      // It has ended already.
    }
  }

  /** Command lines of processes that were started for this system and still run: they inherit its mark, or name a port. */
  remains(): string[] {
    const ports = Object.values(this.ports).map(String);
    return processes()
      .filter(
        ({ environment, command }) =>
          environment.includes(this.#mark) || ports.some((port) => command.includes(port)),
      )
      .map(({ command }) => command);
  }
}

function processes(): { environment: string; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({
      environment: readProcessFile(pid, 'environ'),
      command: readProcessFile(pid, 'cmdline').replaceAll('\0', ' '),
    }));
}

/** Empty for a process that has just ended, or that belongs to somebody else. */
function readProcessFile(pid: string, name: string): string {
  try {
    return readFileSync(join('/proc', pid, name), 'utf8');
  } catch {
    return '';
  }
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until `look` gives something, for `deadlineMs` at most. */
export async function eventually<T>(deadlineMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const endsAtMs = Date.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > endsAtMs) throw new Error(`not seen within ${deadlineMs} ms`);
    await pause(500);
  }
}
