import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { parseLondonTime } from './london-time.ts';
import { normaliseSku, type Row } from './row.ts';

/** The orders that come with the package. */
export const ORDERS_FILE = fileURLToPath(
  new URL('../../data/orders-2010-12_2011-08.csv.gz', import.meta.url),
);
/** The descriptions that come with the package. */
export const PRODUCTS_FILE = fileURLToPath(new URL('../../data/products.csv.gz', import.meta.url));

/** Streams the rows of the order file in its own order, which is time order. */
export async function* readRows(file: string = ORDERS_FILE): AsyncGenerator<Row> {
  for await (const record of records(file)) {
    yield toRow(record);
  }
}

/** The descriptions by SKU, as the warehouse writes SKUs. */
export async function readDescriptions(file: string = PRODUCTS_FILE): Promise<Map<string, string>> {
  const descriptions = new Map<string, string>();
  for await (const [sku = '', description = ''] of records(file)) {
    if (!descriptions.has(normaliseSku(sku))) descriptions.set(normaliseSku(sku), description.trim());
  }
  return descriptions;
}

function records(file: string): AsyncIterable<string[]> {
  const source = createReadStream(file);
  const parser = parse({ from_line: 2 });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(createGunzip().on('error', (error) => parser.destroy(error))).pipe(parser);
  return parser;
}

function toRow(record: string[]): Row {
  const [
    invoice = '',
    invoicedAt = '',
    sku = '',
    quantity = '',
    unitPrice = '',
    customer = '',
    country = '',
  ] = record;
  return {
    invoice,
    invoicedAt: parseLondonTime(invoicedAt),
    sku,
    quantity: Number(quantity),
    unitPrice: Number(unitPrice),
    ...(customer === '' ? {} : { customer }),
    country,
  };
}
