import { classifyRow, normaliseSku, type Row } from '../dataset/index.ts';
import { categoryOf } from './categories.ts';
import { fractionOf } from './seeded-choice.ts';
import { type Site, SITES, siteOf } from './sites.ts';
import {
  type Demand,
  planStock,
  type ReorderLevels,
  type TradingDays,
  tradingDaysByPeriod,
} from './stock-plan.ts';
import { supplierOf } from './suppliers.ts';

export interface OpeningProduct {
  sku: string;
  description: string;
  category: string;
  supplierId: number;
  unitCost: number;
  listPrice: number;
}

export interface OpeningStock extends ReorderLevels {
  site: Site;
  sku: string;
  onHand: number;
}

/** What is planned for a SKU from the beginning of a period. */
export interface PlannedStock extends ReorderLevels {
  period: number;
  site: Site;
  sku: string;
}

export interface Opening {
  /** Milliseconds since the epoch: the midnight before the first order. */
  at: number;
  products: OpeningProduct[];
  stock: OpeningStock[];
  /** Without a plan, stock keeps the reorder levels it has at the opening. */
  plan: PlannedStock[];
}

const DAY_MS = 86_400_000;
const LOWEST_COST_SHARE = 0.45;
const COST_SHARE_RANGE = 0.2;
const PRICE_WHERE_NONE_IS_KNOWN = 1;
/** One wholesale order of thousands is no reason to hold as many for ever. */
const LARGEST_TYPICAL_LINE = 600;
/** Stock is looked at within a day, and a delivery needs a day to the shelf. */
const REVIEW_DAYS = 2;

/** What the warehouse holds before the first order, derived from all that will be sold; `rows` in time order. */
export async function deriveOpening(
  rows: AsyncIterable<Row>,
  descriptions: ReadonlyMap<string, string>,
): Promise<Opening> {
  const sales = await summariseSales(rows);
  const products = [...sales.prices].map(([sku, prices]) => toProduct(sku, prices, descriptions.get(sku)));
  const at = sales.tradingDays[0]!;
  const periods = tradingDaysByPeriod(sales.tradingDays, at);
  const planned = SITES.flatMap(({ site }) =>
    products.map(({ sku }) => toPlan({ site, sku, demand: sales.demand.get(`${site} ${sku}`), periods })),
  );
  return {
    at,
    products: products.sort(bySku),
    stock: planned.map(toStock),
    plan: planned.flatMap(({ site, sku, levels }) =>
      levels.map((level, period) => ({ period, site, sku, ...level })),
    ),
  };
}

async function summariseSales(rows: AsyncIterable<Row>) {
  const prices = new Map<string, number[]>();
  const demand = new Map<string, DemandSoFar>();
  const tradingDays: number[] = [];
  for await (const row of rows) {
    const rowClass = classifyRow(row);
    if (rowClass === 'charge' || rowClass === 'ledger') continue;
    const sku = normaliseSku(row.sku);
    const known = prices.get(sku) ?? [];
    prices.set(sku, known);
    if (rowClass !== 'sale') continue;
    if (row.unitPrice > 0) known.push(row.unitPrice);
    const midnight = Math.floor(row.invoicedAt / DAY_MS) * DAY_MS;
    if (midnight !== tradingDays.at(-1)) tradingDays.push(midnight);
    addDemand(demand, `${siteOf(row.country)} ${sku}`, { units: row.quantity, day: tradingDays.length - 1 });
  }
  return { prices, demand, tradingDays };
}

interface DemandSoFar extends Demand {
  unitsByDay: Map<number, number>;
}

interface Sale {
  units: number;
  day: number;
}

function addDemand(demand: Map<string, DemandSoFar>, key: string, { units, day }: Sale): void {
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
  periods: readonly TradingDays[];
}

interface StockLevels {
  site: Site;
  sku: string;
  /** By period; none for what the site never sells. */
  levels: ReorderLevels[];
}

function toPlan({ site, sku, demand, periods }: Stocking): StockLevels {
  if (demand === undefined) return { site, sku, levels: [] };
  const exposedDays = supplierOf(sku).leadTimeMeanDays + REVIEW_DAYS;
  return { site, sku, levels: planStock({ demand, periods, exposedDays }) };
}

/** On hand as after a delivery: reorder point and reorder quantity of the first period together. */
function toStock({ site, sku, levels: [first] }: StockLevels): OpeningStock {
  if (first === undefined) return { site, sku, onHand: 0, reorderPoint: 0, reorderQuantity: 1 };
  return { site, sku, onHand: first.reorderPoint + first.reorderQuantity, ...first };
}

function median(values: number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function bySku(a: OpeningProduct, b: OpeningProduct): number {
  return a.sku < b.sku ? -1 : 1;
}
