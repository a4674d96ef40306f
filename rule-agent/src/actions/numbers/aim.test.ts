import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aimAt } from './aim.ts';
import type { NumberChange } from './number-change.ts';

function request(change: NumberChange['change'], stronger?: 'higher' | 'lower'): NumberChange {
  return stronger === undefined ? { change } : { change, stronger };
}

describe('aimAt', () => {
  const knob = { value: 10, min: 2, max: 40 };

  it.each([
    ['set', request({ set: 20 }), 20],
    ['set beyond the bound', request({ set: 100 }), 40],
    ['multiply', request({ multiply: 2 }), 20],
    ['multiply to half a unit', request({ multiply: 0.55 }), 6],
    ['add', request({ add: -3 }), 7],
    ['add beyond the bound', request({ add: -30 }), 2],
    ['set, already stronger', request({ set: 5 }, 'higher'), 10],
    ['set, not yet as strong', request({ set: 20 }, 'higher'), 20],
    ['set, already lower', request({ set: 20 }, 'lower'), 10],
  ])('%s', (_what, given, wanted) => {
    expect(aimAt(given, knob)).toBe(wanted);
  });

  it('is held back by a bound, and never turned round by one', () => {
    expect(aimAt(request({ add: 5 }), { ...knob, value: 45 })).toBe(45);
    expect(aimAt(request({ set: 20 }), { ...knob, value: 45 })).toBe(20);
  });

  it('keeps fractions where the knob has some', () => {
    expect(aimAt(request({ multiply: 1.25 }), { value: 1, min: 0.5, max: 5 })).toBe(1.25);
  });

  it('never leaves the bounds', () => {
    const change = fc.oneof(
      fc.record({ set: fc.float({ noNaN: true }) }),
      fc.record({ multiply: fc.float({ min: 0, noNaN: true, max: 1e6 }) }),
      fc.record({ add: fc.float({ noNaN: true, min: -1e6, max: 1e6 }) }),
    );
    fc.assert(
      fc.property(
        change,
        fc.constantFrom(undefined, 'higher', 'lower'),
        fc.integer({ min: 2, max: 40 }),
        (given, stronger, value) => {
          const aimed = aimAt(request(given, stronger), { ...knob, value });
          expect(aimed).toBeGreaterThanOrEqual(2);
          expect(aimed).toBeLessThanOrEqual(40);
        },
      ),
    );
  });
});
