import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CellResult } from './cells.ts';
import { drawVerdict } from './picture.ts';

const NOISES = ['white', 'ar_0_8', 'ar_0_95', 'incidents', 'counts'];
const usual = { share: 0.97, window: 30, days: 7 };
const ASKED = [
  ...NOISES.map((noise) => ({ cell: { ...usual, noise }, firings: 80 })),
  { cell: { ...usual, noise: 'ar_0_8', days: 1 }, firings: 10 },
];

/** A small part of `npm run bench -- verdicts`, always on the same series, by a process of its own: jest's context is 15 times slower. */
describe('verdicts on signals that nobody acted on', () => {
  let results: CellResult[];
  const of = (noise: string) => results[NOISES.indexOf(noise)]!;

  beforeAll(async () => {
    const program = join(import.meta.dirname, 'cell-process.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(ASKED)]);
    results = JSON.parse(stdout) as CellResult[];
  }, 120_000);

  it.each(NOISES)('are rarely wrong: %s', (noise) => {
    const { improved, worsened, coverage, firings } = of(noise);
    expect(firings).toBe(80);
    // Of 80 firings 5 % are 4; twice the standard error of that are 4 more.
    expect(improved.share).toBeLessThanOrEqual(8 / 80);
    expect(worsened.share).toBeLessThanOrEqual(8 / 80);
    expect(coverage).toBeGreaterThan(0.8);
  });

  it('see what was done, the better the less the signal wanders by itself', () => {
    expect(of('white').seen).toBeGreaterThan(0.9);
    expect(of('ar_0_8').seen).toBeGreaterThan(0.4);
    expect(of('ar_0_95').seen).toBeGreaterThan(0.2);
  });

  it('are not given after a day', () => {
    expect(results.at(-1)!.verdicts).toEqual({ 'inconclusive:insufficient_history': 10 });
  });
});

it('the picture of the docs is that of the verdicts as they are: node test/bench/suites/verdicts/draw-picture.ts', () => {
  const path = join(import.meta.dirname, '../../../../docs/pictures/verdict.svg');
  expect(readFileSync(path, 'utf8')).toBe(drawVerdict());
});
