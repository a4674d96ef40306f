import { parentPort } from 'node:worker_threads';
import { findPrice, type PricingTask } from './model.ts';

// The whole of a pricing thread: a batch in, its prices out.
parentPort?.on('message', (tasks: PricingTask[]) => {
  parentPort?.postMessage(tasks.map(findPrice));
});
