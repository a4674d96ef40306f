import { spawnSync } from 'node:child_process';
import { planSteps, type Step } from './steps.ts';

/** `npm run check`: types, lint, format, arrows, generated files, and what Prometheus' own tools say of our configs. */
async function main(): Promise<number> {
  const { steps, clear } = await planSteps();
  try {
    const failed = steps.filter((step) => !passes(step));
    if (failed.length === 0) return 0;
    process.stdout.write(`\nfailed: ${failed.map(({ name }) => name).join(', ')}\n`);
    return 1;
  } finally {
    await clear();
  }
}

function passes({ name, command, args, cwd }: Step): boolean {
  const startedMs = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(
    `${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(30)} ${seconds.padStart(5)} s\n`,
  );
  if (status !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  return status === 0;
}

process.exitCode = await main();
