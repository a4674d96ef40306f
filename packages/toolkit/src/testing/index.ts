export { freePort } from './free-port.ts';
export { goldenText } from './golden.ts';
export { DATABASES_VARIABLE, newDatabase, type TestDatabase } from './new-database.ts';
export { type Random, seeded } from './random.ts';
export { isLongRun, tries } from './tries.ts';
