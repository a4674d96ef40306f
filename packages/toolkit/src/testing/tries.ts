/** Whether this is `npm run test:long`, which tries everything; `npm test` takes a sample of what takes long. */
export function isLongRun(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.EVENKEEL_TEST_LONG === '1';
}

/** How often to try something random: so often in `npm run test:long`, a tenth of that in `npm test`. */
export function tries(inLongRun: number): number {
  return isLongRun() ? inLongRun : Math.ceil(inLongRun / 10);
}
