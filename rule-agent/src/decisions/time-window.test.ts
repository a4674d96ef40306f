import { expect, it } from '@jest/globals';
import type { TimeWindow } from '../model/rule.ts';
import { windowsAt } from './time-window.ts';

const AT_NINE_MS = Date.UTC(2026, 5, 1, 9);
const window = (hour: number): TimeWindow => ({ start: `0 ${hour} * * *`, lastsMs: 3_600_000 });

it('tells for each list of windows whether one is open, however often it is asked', () => {
  const isOpen = windowsAt(AT_NINE_MS);
  const [open, closed] = [[window(3), window(9)], [window(10)]];
  for (let time = 0; time < 2; time++) {
    expect(isOpen(open, 'UTC')).toBe(true);
    expect(isOpen(closed, 'UTC')).toBe(false);
    expect(isOpen([], 'UTC')).toBe(false);
  }
});

it('works a list of windows out once', () => {
  let read = 0;
  const counted: TimeWindow = {
    get start() {
      read += 1;
      return '0 9 * * *';
    },
    lastsMs: 1,
  };
  const windows = [counted];
  const isOpen = windowsAt(AT_NINE_MS);
  for (let target = 0; target < 100; target++) isOpen(windows, 'UTC');
  expect(read).toBe(1);
});
