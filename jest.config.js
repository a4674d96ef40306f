/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/packages',
    '<rootDir>/exporter',
    '<rootDir>/rule-agent',
    '<rootDir>/provisioning',
    '<rootDir>/test',
  ],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.cache'],
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/end-to-end/run-last.cjs',
  // Tests start real databases and whole systems; two at a time would measure each other.
  maxWorkers: 1,
};
