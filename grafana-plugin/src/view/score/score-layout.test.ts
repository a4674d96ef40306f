import { scoreLayout } from './score-layout';

describe('scoreLayout', () => {
  it('shows less where there is less room, the total always', () => {
    expect(scoreLayout({ width: 300, height: 90 }, 3)).toMatchObject({
      withDomains: false,
      withLosses: false,
      scale: 1,
    });
    expect(scoreLayout({ width: 300, height: 180 }, 3)).toMatchObject({ withDomains: true, withLosses: false });
    expect(scoreLayout({ width: 400, height: 320 }, 3)).toMatchObject({
      withDomains: true,
      withLosses: true,
      isWide: false,
    });
    expect(scoreLayout({ width: 800, height: 200 }, 3)).toMatchObject({ isWide: true, withLosses: true, scale: 1 });
  });

  it('gives losses, which have words, more room than domains', () => {
    const { domainsPx, totalPx } = scoreLayout({ width: 1000, height: 230 }, 3);
    expect(domainsPx).toBeLessThan((1000 - totalPx) / 2);
    expect(scoreLayout({ width: 400, height: 320 }, 3).domainsPx).toBe(400);
  });

  it('is larger on a wall, up to twice', () => {
    expect(scoreLayout({ width: 1050, height: 345 }, 3).scale).toBeCloseTo(1.5, 9);
    expect(scoreLayout({ width: 3800, height: 2000 }, 3)).toMatchObject({ scale: 2, domainRowPx: 60, totalPx: 380 });
  });
});
