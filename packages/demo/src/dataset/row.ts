/** A row of the order file as published, except that the time is an instant and the numbers are numbers. */
export interface Row {
  invoice: string;
  /** Milliseconds since the epoch. */
  invoicedAt: number;
  /** As published: the same goods appear as 85123A and 85123a. */
  sku: string;
  quantity: number;
  /** GBP, at most four decimals. */
  unitPrice: number;
  customer?: string;
  country: string;
}

export const ROW_CLASSES = ['sale', 'return', 'adjustment', 'charge', 'ledger'] as const;

/**
 * What a row is. Goods are a SKU of five digits and up to two letters, or one that begins with DCGS (a line of goods for
 * boys and girls); upper and lower case are one SKU.
 *
 * - `sale`: goods to a customer, free samples to a known customer included
 * - `return`: goods on an invoice that begins with C
 * - `adjustment`: goods with a negative quantity, or without price and customer: stock found, broken or lost
 * - `charge`: what an order costs beside goods: postage, carriage, vouchers, the symbolic price of PADS
 * - `ledger`: fees, discounts, bad debt, manual entries and anything unknown
 *
 * Only the first three touch stock.
 */
export type RowClass = (typeof ROW_CLASSES)[number];

const GOODS = /^(?:\d{5}[A-Z]{0,2}|DCGS\w+)$/;
const CHARGES = /^(?:POST|DOT|C2|PADS|GIFT_\d+_\d+)$/;

/** The SKU as the warehouse writes it. */
export function normaliseSku(sku: string): string {
  return sku.trim().toUpperCase();
}

/** Says what a row is; every row is exactly one of {@link ROW_CLASSES}. */
export function classifyRow(row: Row): RowClass {
  const sku = normaliseSku(row.sku);
  if (CHARGES.test(sku)) return 'charge';
  if (!GOODS.test(sku)) return 'ledger';
  if (row.invoice.startsWith('C')) return 'return';
  if (row.quantity < 0 || (row.unitPrice === 0 && row.customer === undefined)) return 'adjustment';
  return 'sale';
}
