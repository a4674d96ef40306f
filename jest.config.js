import { existsSync } from 'node:fs';

const isLong = process.env.EVENKEEL_TEST_LONG === '1';

/** @type {import('jest').Config} */
export const house = {
  displayName: 'evenkeel',
  testEnvironment: 'node',
  roots: [
    '<rootDir>/packages',
    '<rootDir>/exporter',
    '<rootDir>/rule-agent',
    '<rootDir>/provisioning',
    '<rootDir>/test',
  ],
  // What only npm run test:long has time for.
  testMatch: ['**/*.test.ts', ...(isLong ? ['**/*.long.ts'] : [])],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.cache'],
  // With the seed that jest prints.
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/jest/fast-check.ts' },
};

// The panel has a configuration of its own, as Grafana's create-plugin makes it, and what its tests need is only there when
// it was needed: test/run.ts.
const panel = existsSync(new URL('grafana-plugin/node_modules/jest-environment-jsdom', import.meta.url))
  ? ['<rootDir>/grafana-plugin']
  : [];

/** @type {import('jest').Config} */
export const run = {
  globalSetup: '<rootDir>/test/jest/setup.ts',
  globalTeardown: '<rootDir>/test/jest/tear-down.ts',
  testTimeout: 30_000,
  // For what is tried at random: npm test -- --seed=N PATH repeats it.
  showSeed: true,
  testSequencer: '<rootDir>/test/end-to-end/order.cjs',
  // Tests start real databases and whole systems, and wait for them half of their time: as many as the smallest machine has cores.
  maxWorkers: 2,
  // Modules of files that are done stay in memory: a worker that has many of them begins anew.
  workerIdleMemoryLimit: '700MB',
};

/** @type {import('jest').Config} */
export default { ...run, projects: [house, ...panel] };
