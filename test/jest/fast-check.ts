import { jest } from '@jest/globals';
import fc from '../../node_modules/fast-check/lib/fast-check.js';

// Jest prints the seed of a run, and --seed repeats it: the properties of fast-check are tried with the same one.
fc.configureGlobal({ seed: jest.getSeed() });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
