import { GAP, trendGrid } from './trend-grid';

describe('trendGrid', () => {
  it('scrolls where not all fit, with as many columns as go', () => {
    expect(trendGrid(12, { width: 884, height: 432 })).toEqual({ columns: 3, cardPx: 136, cardWidth: 283 });
  });

  it('fills a wall with cards that are not much wider or higher than others', () => {
    const { columns, cardPx, cardWidth } = trendGrid(12, { width: 3824, height: 2092 });
    expect(columns).toBe(3);
    expect(4 * cardPx + 3 * GAP).toBeGreaterThan(2000);
    expect(cardWidth / cardPx).toBeGreaterThan(1.5);
  });

  it('shows a card whole where there is room for no more', () => {
    expect(trendGrid(12, { width: 364, height: 122 })).toMatchObject({ columns: 1, cardPx: 122 });
    expect(trendGrid(12, { width: 224, height: 60 }).cardPx).toBe(90);
  });

  it('lets one trend have the panel, but no tower of it', () => {
    expect(trendGrid(1, { width: 800, height: 400 })).toEqual({ columns: 1, cardPx: 400, cardWidth: 800 });
    expect(trendGrid(1, { width: 300, height: 900 }).cardPx).toBe(240);
  });
});
