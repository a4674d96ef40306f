import { run } from '@evenkeel/runtime';
import { planSteps, type Step } from './steps.ts';

/** `npm run check`: types, lint, format, arrows, generated files, and what Prometheus' own tools say of our configs. */
async function main(): Promise<number> {
  const { queue, clear } = await planSteps();
  try {
    const workers = Array.from({ length: WORKERS }, () => workOff(queue));
    const failed = (await Promise.all(workers)).flat();
    if (failed.length === 0) return 0;
    process.stdout.write(`\nfailed: ${failed.join(', ')}\n`);
    return 1;
  } finally {
    await clear();
  }
}

/** As many steps beside each other as the smallest machine has cores. */
const WORKERS = 2;

/** Takes what stands first in the queue until nothing is left, and gives the names of the steps that failed. */
async function workOff(queue: Step[][]): Promise<string[]> {
  const failed: string[] = [];
  for (let steps = queue.shift(); steps !== undefined; steps = queue.shift()) {
    for (const step of steps) if (!(await passes(step))) failed.push(step.name);
  }
  return failed;
}

async function passes({ name, command, args, cwd }: Step): Promise<boolean> {
  const startedMs = Date.now();
  const { code, output } = await run(command, args, cwd === undefined ? {} : { cwd });
  const passed = code === 0;
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(30)} ${seconds.padStart(5)} s\n`);
  if (!passed) process.stdout.write(`${output}\n`);
  return passed;
}

process.exitCode = await main();
