import { expect, it } from '@jest/globals';
import { stepFor } from './step-for.ts';

const DAY_MS = 86_400_000;

it.each([
  [2, 5_000, 15_000],
  [30, 5_000, 60_000],
  [90, 5_000, 300_000],
  [1, 30_000, 30_000],
])('over %d days, with cycles of %d ms, a replay looks every %d ms', (days, intervalMs, stepMs) => {
  expect(stepFor(days * DAY_MS, intervalMs)).toBe(stepMs);
});
