import { beforeAll, describe, expect, it } from '@jest/globals';
import { readDescriptions, readRows } from './files.ts';
import { groupInvoices } from './invoices.ts';
import { classifyRow, normaliseSku, type Row, type RowClass } from './row.ts';
import { readTradingDays } from './trading-days.ts';

describe('the order file', () => {
  const rowCounts: Record<RowClass, number> = { sale: 0, return: 0, adjustment: 0, charge: 0, ledger: 0 };
  const eventCounts = { days: 0, order: 0, return: 0, adjustment: 0 };
  let backwards = 0;

  async function* countedRows(): AsyncGenerator<Row> {
    for await (const row of readRows()) {
      rowCounts[classifyRow(row)] += 1;
      yield row;
    }
  }

  beforeAll(async () => {
    let lastAt = 0;
    for await (const day of readTradingDays(groupInvoices(countedRows()))) {
      eventCounts.days += 1;
      for (const { kind, at } of day.events) {
        eventCounts[kind] += 1;
        if (at < lastAt || at < day.opensAt || at > day.closesAt) backwards += 1;
        lastAt = at;
      }
    }
    // All 320,705 rows, also on a machine that is busy with much else.
  }, 180_000);

  it('has 320,705 rows, each in exactly one class', () => {
    expect(rowCounts).toEqual({ sale: 311531, return: 5454, adjustment: 1769, charge: 1423, ledger: 528 });
    expect(Object.values(rowCounts).reduce((a, b) => a + b)).toBe(320_705);
  });

  it('becomes trading days in time order, with orders, returns and adjustments', () => {
    expect(eventCounts).toEqual({ days: 219, order: 12385, return: 2282, adjustment: 1420 });
    expect(backwards).toBe(0);
  });

  it('describes products by SKU in upper case', async () => {
    const descriptions = await readDescriptions();
    expect(descriptions.get('85123A')).toBe('WHITE HANGING HEART T-LIGHT HOLDER');
    expect([...descriptions.keys()].every((sku) => sku === normaliseSku(sku))).toBe(true);
  });
});

describe('classifyRow', () => {
  const row: Row = {
    invoice: '536365',
    invoicedAt: 0,
    sku: '85123A',
    quantity: 6,
    unitPrice: 2.55,
    country: 'EIRE',
  };

  it.each<[RowClass, string, Partial<Row>]>([
    ['sale', 'goods to a guest', {}],
    ['sale', 'goods in lower case', { sku: '85123a' }],
    ['sale', 'a free sample to a customer', { unitPrice: 0, customer: '17850' }],
    ['sale', 'goods of the DCGS line', { sku: 'DCGSSBOY' }],
    ['return', 'goods on a cancellation', { invoice: 'C536383', quantity: -1, customer: '17850' }],
    ['adjustment', 'a negative quantity without C', { quantity: -10, unitPrice: 0 }],
    ['adjustment', 'no price and no customer', { unitPrice: 0 }],
    ['charge', 'postage', { sku: 'POST' }],
    ['charge', 'a voucher', { sku: 'gift_0001_20' }],
    ['charge', 'postage that is refunded', { sku: 'POST', invoice: 'C1', quantity: -1 }],
    ['ledger', 'a manual entry in lower case', { sku: 'm' }],
    ['ledger', 'bad debt', { invoice: 'A563186', sku: 'B', unitPrice: -11062.06 }],
    ['ledger', 'an unknown code', { sku: 'SURPRISE' }],
  ])('says %s for %s', (expected, _name, change) => {
    expect(classifyRow({ ...row, ...change })).toBe(expected);
  });
});
