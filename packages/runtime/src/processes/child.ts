import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { EvenkeelError } from '@evenkeel/toolkit';

export interface ChildOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  workingDirectory?: string;
  /** Standard output and error go there. */
  logFile: string;
}

/** How long a child may drain after SIGTERM before it is killed. */
const STOP_GRACE_MS = 8_000;
const EXCERPT_LINES = 5;

/** A process of the system. It leads a process group of its own: a ctrl-C in the terminal reaches only us, and we end it in order. */
export class Child {
  readonly name: string;
  readonly logFile: string;
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #process: ChildProcess;
  readonly #log: WriteStream;
  #stopping = false;
  #running = true;

  constructor(options: ChildOptions) {
    const { name, command, args, env = {}, workingDirectory, logFile } = options;
    this.name = name;
    this.logFile = logFile;
    this.#log = createWriteStream(logFile, { flags: 'a' });
    this.#process = spawn(command, args, {
      detached: true,
      cwd: workingDirectory,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.stdout?.pipe(this.#log, { end: false });
    this.#process.stderr?.pipe(this.#log, { end: false });
    const { promise, resolve } = Promise.withResolvers<{
      code: number | null;
      signal: NodeJS.Signals | null;
    }>();
    this.exited = promise;
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      this.#running = false;
      this.#log.end();
      resolve({ code, signal });
    };
    // What it started may hold its ports and its output.
    this.#process.once('exit', () => {
      if (!this.#stopping) this.#signalGroup('SIGKILL');
    });
    this.#process.once('error', () => ended(null, null));
    this.#process.once('close', ended);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether its end was asked for. */
  get stopped(): boolean {
    return this.#stopping;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Rejects with PART_EXITED if the process ends before `stop` was called; never resolves otherwise. */
  async failure(): Promise<never> {
    const { code, signal } = await this.exited;
    if (this.#stopping) return new Promise<never>(() => undefined);
    const how = signal === null ? `exit code ${code ?? 'none'}` : `signal ${signal}`;
    throw new EvenkeelError(
      'PART_EXITED',
      `${this.name} ended by itself (${how}): ${await this.lastLines()}`,
      {
        hint: `its log is ${this.logFile}`,
      },
    );
  }

  /** Resolves when it was stopped; rejects with PART_EXITED when it ends before that. */
  async ended(): Promise<void> {
    await this.exited;
    if (!this.#stopping) await this.failure();
  }

  /** SIGTERM to the whole group, SIGKILL after a grace time; returns when the process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (!this.#running) return;
    this.#signalGroup('SIGTERM');
    const timer = setTimeout(() => this.#signalGroup('SIGKILL'), STOP_GRACE_MS);
    await this.exited;
    clearTimeout(timer);
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // The group is gone already.
    }
  }

  async lastLines(): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '');
    return text.trim().split('\n').slice(-EXCERPT_LINES).join('\n    ');
  }
}
