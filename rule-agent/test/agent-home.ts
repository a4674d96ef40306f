import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** A rule file that is well. */
export const RULE = `rules:
  - name: slow-api
    description: Requests are slow.
    priority: 1
    target: { by: [job], match: { job: warehouse } }
    facts: { latency: { signal: api_latency_p95_seconds } }
    when: { fact: latency, operator: greaterThan, value: 1 }
    action: { knob: { system: warehouse, name: cache_ttl, set: 120 } }
    expect: { signal: api_latency_p95_seconds, direction: lower }
`;

/** A configuration that is well; nothing it names can be reached. */
export const CONFIG = `prometheus: { url: "http://127.0.0.1:1" }
rules: [rules.yml]
journal: { path: journal.db }
systems: { warehouse: { knobs: "http://127.0.0.1:1/knobs" } }
`;

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A directory with the files of an agent, in which `evenkeel-agent` is run as a person would run it. */
export class AgentHome {
  readonly directory = mkdtempSync(join(tmpdir(), 'agent-home-'));
  readonly journal = join(this.directory, 'journal.db');
  readonly #running: ChildProcess[] = [];

  constructor() {
    this.write('agent.yml', CONFIG);
    this.write('rules.yml', RULE);
  }

  /** Writes a file, named from this directory. */
  write(name: string, text: string): void {
    const file = join(this.directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  removeFile(name: string): void {
    rmSync(join(this.directory, name));
  }

  /** Runs a command to its end. */
  run(...args: string[]): Promise<Ended> {
    return this.runWith({}, ...args);
  }

  /** The same with variables of the environment. */
  async runWith(env: Record<string, string>, ...args: string[]): Promise<Ended> {
    const child = this.#spawn(args, env);
    const ended = { stdout: '', stderr: '' };
    child.stdout!.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...ended };
  }

  /** Starts the agent on a free port; resolves once it listens. */
  async start(...flags: string[]): Promise<RunningAgent> {
    const agent = new RunningAgent(this.#spawn(['--web.listen-address=127.0.0.1:0', ...flags], {}));
    await agent.logs(/msg=listening address=(\S+)/);
    return agent;
  }

  /** Ends what still runs, and removes the directory. */
  async remove(): Promise<void> {
    await Promise.all(this.#running.map(end));
    rmSync(this.directory, { recursive: true, force: true });
  }

  #spawn(args: readonly string[], env: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#running.push(child);
    return child;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

/** An agent that runs in a process of its own. */
export class RunningAgent {
  log = '';
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr!.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    this.ended = new Promise((resolve) => child.on('close', resolve));
  }

  get url(): string {
    return `http://${/msg=listening address=(\S+)/.exec(this.log)![1]!}`;
  }

  /** Waits until it has logged something; rejects when it ends before that. */
  async logs(wanted: string | RegExp): Promise<void> {
    const pattern = typeof wanted === 'string' ? { test: (log: string) => log.includes(wanted) } : wanted;
    while (!pattern.test(this.log)) {
      await Promise.race([once(this.#child.stderr!, 'data'), this.#endedEarly()]);
    }
  }

  /** Sends a signal; `ended` tells what it led to. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async #endedEarly(): Promise<never> {
    const status = await this.ended;
    throw new Error(`the agent ended with ${status}:\n${this.log}`);
  }
}
