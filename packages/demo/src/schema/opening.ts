import { classifyRow, normaliseSku, type Row } from '../dataset/index.ts';
import { categoryOf } from './categories.ts';
import { fractionOf } from './seeded-choice.ts';
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
  lines: number;
  /** By day since the first sale, where there were any. */
  unitsByDay: Map<number, number>;
}

const DAY_MS = 86_400_000;
const LOWEST_COST_SHARE = 0.45;
const COST_SHARE_RANGE = 0.2;
const PRICE_WHERE_NONE_IS_KNOWN = 1;
/** One wholesale order of thousands is no reason to hold as many for ever. */
const LARGEST_TYPICAL_LINE = 600;
/** Stock is looked at within a day, and a delivery needs a day to the shelf. */
const REVIEW_DAYS = 2;
/** How many standard deviations of demand over lead time and review are held against chance. */
const SAFETY_FACTOR = 2.6;
const REORDER_COVER_DAYS = 12;
/** The first order falls into the season: the warehouse has stocked up for nearly all of its three weeks. */
const SEASON_DAYS = 21;
const SEASON_SHARE = 0.95;

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
    firstAt = Math.min(firstAt, row.invoicedAt);
    lastAt = Math.max(lastAt, row.invoicedAt);
    addDemand(demand, `${siteOf(row.country)} ${sku}`, {
      units: row.quantity,
      day: Math.floor((row.invoicedAt - firstAt) / DAY_MS),
    });
  }
  return { prices, demand, firstAt, days: Math.max(1, Math.ceil((lastAt - firstAt) / DAY_MS)) };
}

interface Sale {
  units: number;
  day: number;
}

function addDemand(demand: Map<string, Demand>, key: string, { units, day }: Sale): void {
  const known = demand.get(key) ?? { lines: 0, unitsByDay: new Map<number, number>() };
  known.lines += 1;
  known.unitsByDay.set(day, (known.unitsByDay.get(day) ?? 0) + Math.min(units, LARGEST_TYPICAL_LINE));
  demand.set(key, known);
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

/**
 * Reorder point by the textbook (mean and safety stock over lead time and review), reorder quantity for twelve days and one
 * line more, and on hand both together: about three weeks. What the season sells first is there for the most part.
 */
function toStock({ site, sku, demand, days }: Stocking): OpeningStock {
  if (demand === undefined) return { site, sku, onHand: 0, reorderPoint: 0, reorderQuantity: 1 };
  const { perDay, deviation, perLine, season } = summarise(demand, days);
  const exposedDays = supplierOf(sku).leadTimeMeanDays + REVIEW_DAYS;
  const reorderPoint = Math.ceil(perDay * exposedDays + SAFETY_FACTOR * deviation * Math.sqrt(exposedDays));
  const reorderQuantity = Math.ceil(perDay * REORDER_COVER_DAYS + perLine);
  const onHand = Math.max(reorderPoint + reorderQuantity, Math.ceil(SEASON_SHARE * season));
  return { site, sku, onHand, reorderPoint, reorderQuantity };
}

function summarise({ lines, unitsByDay }: Demand, days: number) {
  let units = 0;
  let squares = 0;
  let season = 0;
  for (const [day, sold] of unitsByDay) {
    units += sold;
    squares += sold ** 2;
    if (day < SEASON_DAYS) season += sold;
  }
  const perDay = units / days;
  return {
    perDay,
    deviation: Math.sqrt(Math.max(0, squares / days - perDay ** 2)),
    perLine: units / lines,
    season,
  };
}

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function bySku(a: OpeningProduct, b: OpeningProduct): number {
  return a.sku < b.sku ? -1 : 1;
}
