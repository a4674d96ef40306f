import { describe, expect, it } from '@jest/globals';
import { dotProduct, NormalEquations } from './ridge.ts';

const ROWS = [
  [0.5, 1.2, 2.1],
  [-1.0, 0.3, -0.3],
  [2.2, -0.7, 3.9],
  [0.1, 0.9, 1.6],
  [-0.6, -1.4, -2.2],
  [1.7, 2.0, 5.8],
  [-2.1, 0.4, -3.0],
  [0.8, -0.2, 1.4],
] as const;

function fit(rows: readonly (readonly [number, number, number])[]): NormalEquations {
  const sums = new NormalEquations(3);
  for (const [x, y, target] of rows) sums.add(Float64Array.of(1, x, y), target);
  return sums;
}

describe('a ridge regression', () => {
  it('has the coefficients that numpy has', () => {
    // numpy.linalg.solve(X.T @ X + diag(0, 1, 1) * 0.001 * 8, X.T @ t)
    const expected = [0.47839299686228315, 1.7864230297493033, 1.0458316710011393];
    const found = fit(ROWS).solve();
    for (const [index, coefficient] of expected.entries()) expect(found[index]).toBeCloseTo(coefficient, 12);
  });

  it('of all folds but one is that of the other rows', () => {
    const parts = [fit(ROWS.slice(0, 3)), fit(ROWS.slice(3, 5)), fit(ROWS.slice(5))];
    const without = NormalEquations.sum(parts, parts[1]).solve();
    const others = fit([...ROWS.slice(0, 3), ...ROWS.slice(5)]).solve();
    for (const [index, coefficient] of others.entries()) expect(without[index]).toBeCloseTo(coefficient, 12);
    expect(NormalEquations.sum(parts).rows).toBe(8);
  });

  it('does without a column that is always 0', () => {
    const sums = new NormalEquations(3);
    for (const [x, , target] of ROWS) sums.add(Float64Array.of(1, x, 0), target);
    const found = sums.solve();
    expect(found[2]).toBe(0);
    expect(dotProduct(found, Float64Array.of(1, 0.5, 7))).toBe(found[0]! + 0.5 * found[1]!);
  });

  it('solves columns of very different size, and two that are the same', () => {
    const sums = new NormalEquations(4);
    for (const [x, y, target] of ROWS) sums.add(Float64Array.of(1, 1e12 * x, 1e12 * x, y), target);
    const found = sums.solve();
    // Together what one of them has alone: numpy.linalg.solve(X.T @ X + diag(0, 0, 1) * 0.001 * 8, X.T @ t)
    expect(1e12 * (found[1]! + found[2]!)).toBeCloseTo(1.78746072, 6);
  });
});
