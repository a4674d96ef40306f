import { describe, expect, it } from '@jest/globals';
import { hasChanged } from './has-changed.ts';

const source = { before: 20_000, settlePoints: 2, windowPoints: 30, first: 1_440 };
/** Repeats itself every few windows, so that no stretch is beyond all the others. */
const wave = (moment: number) => Math.sin(moment / 50);

describe('whether a signal has changed', () => {
  it('is not said while forecasts are off as they always were', () => {
    expect(hasChanged({ ...source, errorAt: wave })).toBe(false);
  });

  it('is said when they are off to one side of late', () => {
    expect(hasChanged({ ...source, errorAt: (moment) => wave(moment) + (moment > 19_000 ? 1 : 0) })).toBe(
      true,
    );
    expect(hasChanged({ ...source, errorAt: (moment) => wave(moment) - (moment > 19_000 ? 1 : 0) })).toBe(
      true,
    );
  });

  it('is said when they are off by more, to both sides', () => {
    expect(hasChanged({ ...source, errorAt: (moment) => wave(moment) * (moment > 19_000 ? 3 : 1) })).toBe(
      true,
    );
  });

  it('is not said of a signal that has become quiet', () => {
    const quiet = (moment: number) => (moment > 19_000 ? 0 : wave(moment) + 1e-3 * Math.sin(moment));
    expect(hasChanged({ ...source, errorAt: quiet })).toBe(false);
  });

  it('cannot be said of a short past', () => {
    const jump = (moment: number) => (moment > 19_000 ? 9 : wave(moment));
    expect(hasChanged({ ...source, first: 18_500, errorAt: jump })).toBe(false);
  });
});
