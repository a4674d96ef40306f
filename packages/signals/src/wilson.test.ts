import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONFIDENCES, NORMAL_QUANTILES, wilsonBound } from './wilson.ts';

describe('wilsonBound', () => {
  it('is the formula, worked by hand for 8 of 10', () => {
    // p - 0.5 / n = 0.75, z = 1.644854: (0.75 + 0.13528 - 1.644854 * sqrt(0.01875 + 0.0067639)) / 1.270554
    expect(wilsonBound({ share: 0.8, size: 10 }, 0.95, 'low')).toBeCloseTo(0.48999, 4);
  });

  it('holds neither one late order of two nor one failed request of one against anybody, but a tenth of a thousand', () => {
    expect(wilsonBound({ share: 0.5, size: 2 }, 0.95, 'high')).toBeGreaterThan(0.95);
    expect(wilsonBound({ share: 1, size: 1 }, 0.99, 'low')).toBeLessThan(0.05);
    expect(wilsonBound({ share: 0.1, size: 1_000 }, 0.99, 'low')).toBeGreaterThan(0.05);
  });

  it('solves the equation that it is made from, between the observed share and 0 or 1', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    const sizes = fc.double({ min: 0.5, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(shares, sizes, fc.constantFrom(...CONFIDENCES), (share, size, confidence) => {
        const low = wilsonBound({ share, size }, confidence, 'low');
        const high = wilsonBound({ share, size }, confidence, 'high');
        expect(low).toBeGreaterThanOrEqual(-1e-12);
        expect(low).toBeLessThanOrEqual(share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        const z = NORMAL_QUANTILES[confidence];
        const moved = Math.max(0, share - 0.5 / size);
        expect(moved - low).toBeCloseTo(z * Math.sqrt(Math.max(0, low * (1 - low)) / size), 7);
      }),
    );
  });

  it('takes shares beyond 0 and 1, which rates can give, for 0 and 1', () => {
    expect(wilsonBound({ share: 1.02, size: 50 }, 0.9, 'high')).toBeCloseTo(1, 12);
    expect(wilsonBound({ share: -0.02, size: 50 }, 0.9, 'low')).toBeCloseTo(0, 12);
  });
});
