import { expect, it } from '@jest/globals';
import { findSystemOf, type ReadProcess } from './other-system.ts';

const PROCESSES: Record<number, { cmdline: string; stat: string }> = {
  10: { cmdline: 'npm start', stat: '10 (npm start) S 1 10' },
  11: { cmdline: 'node\0packages/runtime/src/main.ts\0--no-preview\0', stat: '11 (node) S 10 10' },
  12: { cmdline: 'prometheus\0', stat: '12 (a) b (c) S 11 12' },
  13: { cmdline: 'vi\0packages/runtime/src/main.ts.orig\0', stat: '13 (vi) S 1 13' },
};
const read: ReadProcess = (pid, file) => Promise.resolve(PROCESSES[pid]?.[file] ?? '');

it('finds the npm start that a process was started by', async () => {
  expect(await findSystemOf([13, 12], read)).toBe(11);
});

it('finds none for what was started otherwise, or has ended', async () => {
  expect(await findSystemOf([13, 99], read)).toBeUndefined();
});
