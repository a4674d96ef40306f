import { spawnSync } from 'node:child_process';

/** `npm test -- [jest's arguments]`: everything, or the paths named; the panel's dependencies only when it is among them. */
function main(args: readonly string[]): number {
  const paths = args.filter((arg) => !arg.startsWith('-'));
  const panel = paths.length === 0 || paths.some((path) => path.includes('grafana-plugin'));
  const installed = panel ? node(['packages/runtime/install.mjs', 'panel']) : 0;
  return installed === 0 ? node([...JEST, ...args]) : installed;
}

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

function node(args: readonly string[]): number {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
