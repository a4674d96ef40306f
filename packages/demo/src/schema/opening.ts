import { classifyRow, normaliseSku, type Row } from '../dataset/index.ts';
import { categoryOf } from './categories.ts';
import { fractionOf } from './seededChoice.ts';
import { type Site, SITES, siteOf } from './sites.ts';
import { supplierOf } from './suppliers.ts';

export interface OpeningProduct {
  sku: string;
  description: string;
  category: string;
  supplierId: number;
  unitCost: number;
  listPrice: number;
}

export interface OpeningStock {
  site: Site;
  sku: string;
  onHand: number;
  reorderPoint: number;
  reorderQuantity: number;
}

export interface Opening {
  /** Milliseconds since the epoch: the midnight before the first order. */
  at: number;
  products: OpeningProduct[];
  stock: OpeningStock[];
}

interface Demand {
  units: number;
  lines: number;
}

const DAY_MS = 86_400_000;
const LOWEST_COST_SHARE = 0.45;
const COST_SHARE_RANGE = 0.2;
const PRICE_WHERE_NONE_IS_KNOWN = 1;
/** One wholesale order of thousands is no reason to hold as many for ever. */
const LARGEST_TYPICAL_LINE = 300;
const SAFETY_DAYS = 5;
const REVIEW_DAYS = 10;

/** What the warehouse holds before the first order, derived from all that will be sold; `rows` in time order. */
export async function deriveOpening(
  rows: AsyncIterable<Row>,
  descriptions: ReadonlyMap<string, string>,
): Promise<Opening> {
  const sales = await summariseSales(rows);
  const products = [...sales.prices].map(([sku, prices]) => toProduct(sku, prices, descriptions.get(sku)));
  const stock = SITES.flatMap(({ site }) =>
    products.map(({ sku }) =>
      toStock({ site, sku, demand: sales.demand.get(`${site} ${sku}`), days: sales.days }),
    ),
  );
  return { at: Math.floor(sales.firstAt / DAY_MS) * DAY_MS, products: products.sort(bySku), stock };
}

async function summariseSales(rows: AsyncIterable<Row>) {
  const prices = new Map<string, number[]>();
  const demand = new Map<string, Demand>();
  let firstAt = Infinity;
  let lastAt = -Infinity;
  for await (const row of rows) {
    const rowClass = classifyRow(row);
    if (rowClass === 'charge' || rowClass === 'ledger') continue;
    const sku = normaliseSku(row.sku);
    const known = prices.get(sku) ?? [];
    prices.set(sku, known);
    if (rowClass !== 'sale') continue;
    if (row.unitPrice > 0) known.push(row.unitPrice);
    addDemand(demand, `${siteOf(row.country)} ${sku}`, row.quantity);
    firstAt = Math.min(firstAt, row.invoicedAt);
    lastAt = Math.max(lastAt, row.invoicedAt);
  }
  return { prices, demand, firstAt, days: Math.max(1, Math.ceil((lastAt - firstAt) / DAY_MS)) };
}

function addDemand(demand: Map<string, Demand>, key: string, quantity: number): void {
  const sum = demand.get(key) ?? { units: 0, lines: 0 };
  sum.units += Math.min(quantity, LARGEST_TYPICAL_LINE);
  sum.lines += 1;
  demand.set(key, sum);
}

function toProduct(sku: string, prices: number[], description = 'Unnamed article'): OpeningProduct {
  const listPrice = median(prices) ?? PRICE_WHERE_NONE_IS_KNOWN;
  const costShare = LOWEST_COST_SHARE + COST_SHARE_RANGE * fractionOf(`cost ${sku}`);
  return {
    sku,
    description,
    category: categoryOf(description),
    supplierId: supplierOf(sku).supplierId,
    unitCost: Math.round(listPrice * costShare * 100) / 100,
    listPrice,
  };
}

interface Stocking {
  site: Site;
  sku: string;
  demand: Demand | undefined;
  days: number;
}

// About three weeks of demand at first: lead time and safety, a typical line, and what is ordered at a time.
function toStock({ site, sku, demand, days }: Stocking): OpeningStock {
  if (demand === undefined) return { site, sku, onHand: 0, reorderPoint: 0, reorderQuantity: 1 };
  const unitsPerDay = demand.units / days;
  const unitsPerLine = demand.units / demand.lines;
  const reorderPoint = Math.ceil(
    unitsPerDay * (supplierOf(sku).leadTimeMeanDays + SAFETY_DAYS) + unitsPerLine,
  );
  const reorderQuantity = Math.ceil(unitsPerDay * REVIEW_DAYS + unitsPerLine);
  return { site, sku, onHand: reorderPoint + reorderQuantity, reorderPoint, reorderQuantity };
}

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function bySku(a: OpeningProduct, b: OpeningProduct): number {
  return a.sku < b.sku ? -1 : 1;
}
