import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type AgentClient, createAgentClient } from '@evenkeel/agent-api';

const MAIN = join(import.meta.dirname, '../../rule-agent/src/main.ts');

/** A real agent in a process of its own, which runs in a directory with its `agent.yml`. */
export class AgentProcess {
  /** What it logged, in all its lives, whole lines and the last one as far as it came. */
  log = '';
  readonly #directory: string;
  #child: ChildProcess | undefined;
  #killed = false;
  #ended = false;
  #lifeStart = 0;
  #fail: (fault: Error) => void = () => undefined;
  /** Rejects when it ends by itself: then there is nothing to wait for. */
  readonly fault = new Promise<never>((_resolve, reject) => (this.#fail = reject));

  constructor(directory: string) {
    this.#directory = directory;
    this.fault.catch(() => undefined);
  }

  start(): void {
    if (this.#ended) throw new Error('the agent lives no more: its test is over');
    this.#lifeStart = this.log.length;
    const child = spawn(process.execPath, [MAIN, '--web.listen-address=127.0.0.1:0'], {
      cwd: this.#directory,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Compiled once for all lives: a start is cheaper then.
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.#directory, '../compiled') },
    });
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    child.on('close', () => {
      if (!this.#killed) this.#fail(new Error(`the agent ended by itself:\n${this.log.slice(-2_000)}`));
    });
    this.#child = child;
    this.#killed = false;
  }

  /** Waits until it has logged a text, in any of its lives. */
  async logs(text: string): Promise<void> {
    while (!this.log.includes(text)) await Promise.race([once(this.#child!.stderr!, 'data'), this.fault]);
  }

  /** Where its API is in this life, once it listens. */
  async url(): Promise<string> {
    const life = this.#lifeStart;
    const address = () => /msg=listening address=([\d.:]+)/.exec(this.log.slice(life))?.[1];
    while (address() === undefined) await Promise.race([once(this.#child!.stderr!, 'data'), this.fault]);
    return `http://${address()}`;
  }

  /** Its API in this life, without a token. */
  async api(): Promise<AgentClient> {
    return createAgentClient({ url: await this.url() });
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    this.#killed = true;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }

  /** Kills it for good: whoever still plays with it cannot start it again. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.kill();
  }
}
