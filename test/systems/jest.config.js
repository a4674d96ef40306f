import { house, run } from '../../jest.config.js';

/** Tests against systems that others made, each installed when its test runs: `npm run test:systems`. */
export default {
  ...run,
  ...house,
  rootDir: '../..',
  roots: ['<rootDir>/test/systems'],
  testMatch: ['**/*.system.ts'],
  testTimeout: 180_000,
  maxWorkers: 1,
};
