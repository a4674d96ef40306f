import { describe, expect, it } from '@jest/globals';
import type { Row } from '../dataset/index.ts';
import { CATEGORIES, categoryOf } from './categories.ts';
import { deriveOpening } from './opening.ts';
import { siteOf } from './sites.ts';

const row: Row = {
  invoice: '536365',
  invoicedAt: Date.parse('2010-12-01T08:26:00Z'),
  sku: '85123a',
  quantity: 10,
  unitPrice: 2.5,
  country: 'United Kingdom',
};

async function* rows(...changes: Partial<Row>[]): AsyncGenerator<Row> {
  for (const change of changes) yield Promise.resolve({ ...row, ...change });
}

describe('deriveOpening', () => {
  const descriptions = new Map([['85123A', 'WHITE HANGING HEART T-LIGHT HOLDER']]);

  it('makes one product of upper and lower case, at the median price and 45 to 65 % of it as cost', async () => {
    const { products } = await deriveOpening(
      rows({}, { sku: '85123A', unitPrice: 3 }, { unitPrice: 9 }, { sku: 'POST' }),
      descriptions,
    );
    expect(products).toMatchObject([{ sku: '85123A', category: 'Candles and lights', listPrice: 3 }]);
    expect(products[0]!.unitCost).toBeGreaterThanOrEqual(1.35);
    expect(products[0]!.unitCost).toBeLessThanOrEqual(1.95);
  });

  it('knows goods that are only sent back or corrected', async () => {
    const { products } = await deriveOpening(
      rows({}, { invoice: 'C1', sku: '10002', quantity: -1 }),
      descriptions,
    );
    expect(products.map(({ sku }) => sku)).toEqual(['10002', '85123A']);
  });

  it('stocks a site with what is sold from there, and with more of what sells more', async () => {
    const day = (days: number) => row.invoicedAt + days * 86_400_000;
    const sold = [0, 20, 40, 60].map((days) => ({ invoicedAt: day(days) }));
    const { stock } = await deriveOpening(
      rows(...sold, ...sold.map((sale) => ({ ...sale, sku: '71053', quantity: 100 }))),
      descriptions,
    );
    const at = (site: string, sku: string) =>
      stock.find((entry) => entry.site === site && entry.sku === sku)!;
    expect(at('rotterdam', '85123A')).toMatchObject({ onHand: 0, reorderPoint: 0 });
    expect(at('leicester', '71053').onHand).toBeGreaterThan(5 * at('leicester', '85123A').onHand);
    expect(at('leicester', '85123A').onHand).toBeGreaterThan(at('leicester', '85123A').reorderPoint);
  });
});

describe('categories and sites', () => {
  it('finds a category by its words, the special before the general', () => {
    expect(categoryOf('WOODEN STAR CHRISTMAS SCANDINAVIAN')).toBe('Christmas');
    expect(categoryOf('RED RETROSPOT MUG')).toBe('Kitchen and table');
    expect(CATEGORIES).toContain(categoryOf('WHATEVER THIS IS'));
  });

  it('serves the United Kingdom from Leicester and all others from Rotterdam', () => {
    expect([siteOf('United Kingdom'), siteOf('EIRE'), siteOf('Unspecified')]).toEqual([
      'leicester',
      'rotterdam',
      'rotterdam',
    ]);
  });
});
