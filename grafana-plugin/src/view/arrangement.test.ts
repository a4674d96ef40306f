import fc from 'fast-check';
import { VIEWS } from '../frames';
import { place } from './arrangement';

describe('place', () => {
  const tiles = (width: number, height: number) => {
    const placing = place(VIEWS, { width, height }, 'auto');
    return placing.as === 'tabs' ? 'tabs' : placing.tiles.map(({ view, left, top }) => [view, left > 0, top > 0]);
  };

  it('gives trends two of three columns', () => {
    expect(tiles(1300, 800)).toEqual([
      ['score', false, false],
      ['trends', true, false],
      ['alerts', false, true],
      ['enhancements', true, true],
      ['entities', true, true],
    ]);
  });

  it('uses tabs where views would be too small to be read', () => {
    expect(tiles(500, 400)).toBe('tabs');
    expect(tiles(900, 500)).toBe('tabs');
    expect(tiles(900, 700)).toHaveLength(5);
  });

  it('scrolls where somebody wants tiles all the same', () => {
    expect(place(VIEWS, { width: 500, height: 400 }, 'tiles')).toMatchObject({
      as: 'tiles',
      height: expect.any(Number),
    });
  });

  it('never lets tiles overlap or leave the width, whatever the views', () => {
    const views = fc.uniqueArray(fc.constantFrom(...VIEWS), { minLength: 1 });
    const size = fc.record({ width: fc.integer({ min: 100, max: 4000 }), height: fc.integer({ min: 50, max: 2500 }) });
    fc.assert(
      fc.property(views, size, (some, room) => {
        const placing = place(some, room, 'tiles');
        const placed = placing.as === 'tiles' ? placing.tiles : [];
        expect(placed.map(({ view }) => view)).toEqual(some);
        placed.forEach((a, index) => {
          expect(a.left + a.width).toBeLessThanOrEqual(room.width + 1);
          for (const b of placed.slice(index + 1)) {
            const apart =
              a.left + a.width <= b.left ||
              b.left + b.width <= a.left ||
              a.top + a.height <= b.top ||
              b.top + b.height <= a.top;
            expect(apart).toBe(true);
          }
        });
      })
    );
  });
});
