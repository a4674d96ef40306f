import { grid } from './grid';

describe('grid', () => {
  it('has roomy tiles where all fit', () => {
    expect(grid(6, { width: 884, height: 432 })).toMatchObject({ isCompact: false, rows: 2, columns: 3 });
  });

  it('has compact tiles where not, as wide as they can be while all are in sight', () => {
    expect(grid(6, { width: 364, height: 122 })).toMatchObject({ isCompact: true, rows: 3, columns: 2 });
  });

  it('has as many compact tiles in a row as go where it scrolls', () => {
    expect(grid(600, { width: 884, height: 432 })).toMatchObject({ isCompact: true, columns: 7, rows: 86 });
  });
});
