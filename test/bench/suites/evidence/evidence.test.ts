import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import type { Measurement } from '../../measurement.ts';

/** A small part of `npm run bench -- evidence`, always on the same rules, by a process of its own: jest's context is 15 times slower. */
it('what many episodes say is rarely wrong and said as early as it has to be, and what lasts is rarely taken back', async () => {
  const program = join(import.meta.dirname, 'few-rules.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '600', '25']);
  const figures = JSON.parse(stdout) as Measurement[];
  expect(figures.filter(({ ok }) => !ok)).toEqual([]);
  expect(figures.find(({ name }) => name === 'ended_missed_ar_0_8_2_sigma')!.value).toBeLessThan(0.3);
  expect(figures.filter(({ goal }) => goal !== null).length).toBeGreaterThan(50);
}, 120_000);
