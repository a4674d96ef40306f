import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../errors.ts';

export interface TaskThreadOptions {
  /** The module of the thread; it calls `serveTasks`. */
  script: URL;
  /** What that module needs to know once; plain data. */
  data?: unknown;
  /** How long one task may take; then its thread is ended, and the next task gets a new one. */
  deadlineMs: number;
  /** How many tasks may wait behind the one that is worked on. */
  maxWaiting: number;
  memoryMb: number;
  /** After so long without a task the thread ends, for it holds memory. */
  idleMs: number;
}

/** What became of a task; only a finished one has a result. */
export type TaskOutcome<Result> =
  | { kind: 'finished'; result: Result }
  /** Too many were waiting already. */
  | { kind: 'busy' }
  /** It took longer than the deadline. */
  | { kind: 'late' }
  /** Its thread ended, most likely because the task needed too much memory. */
  | { kind: 'died'; because: string };

interface Job<Task, Result> {
  task: Task;
  resolve: (outcome: TaskOutcome<Result>) => void;
}

/** Loading the modules of a thread takes a quarter of a second; on a machine that is very busy, several. */
const START_MS = 20_000;

/**
 * Work that could take too long, or too much memory, done in a thread: one task after the other, each with a deadline.
 * Tasks and results are plain data.
 */
export class TaskThread<Task, Result> {
  readonly #options: TaskThreadOptions;
  readonly #jobs: Job<Task, Result>[] = [];
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: TaskThreadOptions) {
    this.#options = options;
  }

  async run(task: Task): Promise<TaskOutcome<Result>> {
    if (this.#jobs.length > this.#options.maxWaiting) return { kind: 'busy' };
    const { promise, resolve } = Promise.withResolvers<TaskOutcome<Result>>();
    this.#jobs.push({ task, resolve });
    if (this.#jobs.length === 1) void this.#workOff();
    return promise;
  }

  /** Ends the thread; what is worked on dies, and a later task gets a new one. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #workOff(): Promise<void> {
    clearTimeout(this.#idle);
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      job.resolve(await this.#outcomeOf(job.task));
      this.#jobs.shift();
    }
    this.#idle = setTimeout(() => void this.stop(), this.#options.idleMs).unref();
  }

  async #outcomeOf(task: Task): Promise<TaskOutcome<Result>> {
    try {
      const worker = await this.#started();
      const answer = nextMessage(worker, this.#options.deadlineMs);
      worker.postMessage(task);
      return { kind: 'finished', result: (await answer) as Result };
    } catch (error) {
      await this.stop();
      if (error instanceof Late) return { kind: 'late' };
      return { kind: 'died', because: messageOf(error) };
    }
  }

  async #started(): Promise<Worker> {
    if (this.#worker !== undefined) return this.#worker;
    const { script, data, memoryMb } = this.#options;
    const worker = new Worker(script, {
      workerData: data,
      // Secrets may be in the environment, and whoever sends a task chooses what the thread reads.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.#worker = worker;
    worker.unref();
    // While it waits for a task nobody else listens, and an error without a listener would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    await nextMessage(worker, START_MS);
    return worker;
  }
}

class Late extends Error {}

/** The next message of a thread. @throws what ended it; Late */
async function nextMessage(worker: Worker, deadlineMs: number): Promise<unknown> {
  const end = new AbortController();
  const { signal } = end;
  const late = Promise.withResolvers<never>();
  const deadline = setTimeout(() => late.reject(new Late()), deadlineMs);
  try {
    const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('the thread ended')));
    const [message] = (await Promise.race([once(worker, 'message', { signal }), ended, late.promise])) as [
      unknown,
    ];
    return message;
  } finally {
    clearTimeout(deadline);
    end.abort();
  }
}
