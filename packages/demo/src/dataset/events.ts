import type { Invoice } from './invoices.ts';
import { classifyRow, normaliseSku, type Row, type RowClass } from './row.ts';

export interface GoodsLine {
  sku: string;
  /** Units; positive, except in adjustments. */
  quantity: number;
  unitPrice: number;
}

export interface ChargeLine {
  code: string;
  quantity: number;
  unitPrice: number;
}

interface Occasion {
  /** The invoice, unique among events of its kind. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  customer?: string;
  country: string;
}

export interface OrderEvent extends Occasion {
  kind: 'order';
  lines: GoodsLine[];
  charges: ChargeLine[];
}

export interface ReturnEvent extends Occasion {
  kind: 'return';
  lines: GoodsLine[];
  charges: ChargeLine[];
}

export interface AdjustmentEvent extends Occasion {
  kind: 'adjustment';
  lines: GoodsLine[];
}

/** Something that happened to the warehouse. */
export type WarehouseEvent = OrderEvent | ReturnEvent | AdjustmentEvent;

/**
 * What an invoice means for the warehouse: at most an order or a return, and an adjustment.
 *
 * Charges and ledger rows stay with the order or return they are on, so that its total in pounds is the invoice's. An
 * invoice with no goods (a fee, a refunded postage) means nothing to a warehouse and yields no event.
 */
export function toEvents(invoice: Invoice): WarehouseEvent[] {
  const rows = Map.groupBy(invoice.rows, classifyRow);
  const pick = (rowClass: RowClass) => rows.get(rowClass) ?? [];
  const charges = [...pick('charge'), ...pick('ledger')].map(toCharge);
  const { rows: _rows, ...occasion } = invoice;
  const events: WarehouseEvent[] = [];
  if (rows.has('sale')) events.push({ kind: 'order', ...occasion, lines: pick('sale').map(toLine), charges });
  if (rows.has('return'))
    events.push({ kind: 'return', ...occasion, lines: pick('return').map(reverse), charges });
  if (rows.has('adjustment'))
    events.push({ kind: 'adjustment', ...occasion, lines: pick('adjustment').map(toLine) });
  return events;
}

function toLine(row: Row): GoodsLine {
  return { sku: normaliseSku(row.sku), quantity: row.quantity, unitPrice: row.unitPrice };
}

function reverse(row: Row): GoodsLine {
  return { ...toLine(row), quantity: -row.quantity };
}

function toCharge(row: Row): ChargeLine {
  return { code: normaliseSku(row.sku), quantity: row.quantity, unitPrice: row.unitPrice };
}
