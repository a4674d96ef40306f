import { parentPort, workerData } from 'node:worker_threads';

/**
 * What the thread of a `TaskThread` does: a task in, its result out. What `work` throws ends the thread.
 *
 * @param work takes a task, and what the thread was given at its start
 */
export function serveTasks(work: (task: never, data: never) => unknown): void {
  parentPort?.on('message', (task) => {
    parentPort?.postMessage(work(task as never, workerData as never));
  });
  // Whoever started the thread waits for this: from here on the deadline of a task counts.
  parentPort?.postMessage('ready');
}
