import { spawn } from 'node:child_process';

/**
 * `npm test -- [jest's arguments]`: everything, or the paths named; the panel's dependencies only when it is among them.
 * With `--long` all that `npm test` takes a sample of, and afterwards the systems of others.
 */
async function main(args: readonly string[]): Promise<number> {
  const isLong = args.includes('--long');
  const given = args.filter((arg) => arg !== '--long');
  if (isLong) process.env.EVENKEEL_TEST_LONG = '1';
  const codes = [(await installPanel(given)) || (await node([...JEST, ...given]))];
  if (isLong && isWhole(given)) codes.push(await node([...JEST, '--config', 'test/systems/jest.config.js']));
  return Math.max(...codes);
}

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

function isWhole(args: readonly string[]): boolean {
  return args.every((arg) => arg.startsWith('-'));
}

async function installPanel(args: readonly string[]): Promise<number> {
  const isTested = isWhole(args) || args.some((path) => path.includes('grafana-plugin'));
  return isTested ? node(['packages/runtime/install.mjs', 'panel']) : 0;
}

/** Runs to its end; whoever ends us ends that too. It notices by the channel that we were killed: test/jest/setup.ts. */
async function node(args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of ENDING) process.on(signal, pass);
  child.once('error', reject);
  child.once('close', (code) => resolve(code ?? 1));
  return promise.finally(() => {
    for (const signal of ENDING) process.off(signal, pass);
  });
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

process.exitCode = await main(process.argv.slice(2));
