import { readRows } from './files.ts';
import type { Row } from './row.ts';

/** The rows of one invoice; duplicate lines of one SKU stay lines of their own. */
export interface Invoice {
  id: string;
  /** Milliseconds since the epoch: the time of its first row. */
  at: number;
  customer?: string;
  country: string;
  rows: Row[];
}

// One invoice of the file is interrupted by another one; a few open at a time put it together again.
const OPEN_INVOICES = 4;

/** Groups rows into invoices, in the order of their first rows; a few run over two minutes and keep the first. */
export async function* groupInvoices(rows: AsyncIterable<Row>): AsyncGenerator<Invoice> {
  const open = new Map<string, Invoice>();
  for await (const row of rows) {
    const invoice = open.get(row.invoice) ?? startInvoice(row);
    invoice.rows.push(row);
    open.set(row.invoice, invoice);
    if (open.size > OPEN_INVOICES) yield takeFirst(open);
  }
  yield* open.values();
}

function takeFirst(open: Map<string, Invoice>): Invoice {
  const [[id, invoice]] = open.entries() as unknown as [[string, Invoice]];
  open.delete(id);
  return invoice;
}

/** Streams the invoices of the order file in time order. */
export function readInvoices(file?: string): AsyncGenerator<Invoice> {
  return groupInvoices(readRows(file));
}

function startInvoice(row: Row): Invoice {
  const { invoice: id, invoicedAt: at, customer, country } = row;
  return { id, at, ...(customer === undefined ? {} : { customer }), country, rows: [] };
}
