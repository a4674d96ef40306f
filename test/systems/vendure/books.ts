import type { Row, ShopDatabase } from './databases.ts';

/** A figure of a site, or of a site and a currency, by its series name. */
export type Figures = Map<string, number>;

export interface Books {
  scalars: Figures;
  /** Durations behind the histogram, by site. */
  cycles: Map<string, number[]>;
  /** Units of tracked stock ordered after the very first order, by site. */
  recentUnits: Map<string, number>;
  firstOrderMs: number;
}

const DEFAULT_LOCATION = 1;

const TABLES = [
  'stock_location',
  'stock_level',
  'stock_movement',
  'product_variant',
  'order',
  'order_line',
  'order_line_reference',
  'fulfillment',
  'history_entry',
] as const;

type Tables = Record<(typeof TABLES)[number], Row[]>;

/**
 * The figures worked out row by row from the tables, in another way than the profile's SQL, so that a mistake there has no
 * twin here. It knows what this test's shop has: one channel, whose first location is the default one.
 */
export async function keepBooks(database: ShopDatabase): Promise<Books> {
  const tables = {} as Tables;
  for (const name of TABLES) tables[name] = await database.query(`select * from "${name}" order by id`);
  return new Bookkeeper(tables).books();
}

class Bookkeeper {
  readonly #tables: Tables;
  readonly #scalars: Figures = new Map();
  readonly #cycles = new Map<string, number[]>();
  readonly #recentUnits = new Map<string, number>();
  #firstOrderMs = 0;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  books(): Books {
    for (const { name } of this.#tables.stock_location) this.#openSite(String(name));
    for (const level of this.#tables.stock_level) this.#countStock(level);
    const placed = this.#tables.order.filter(({ orderPlacedAt }) => orderPlacedAt !== null);
    this.#firstOrderMs = Math.min(...placed.map(placedMs));
    for (const order of placed) this.#countOrder(order);
    return {
      scalars: this.#scalars,
      cycles: this.#cycles,
      recentUnits: this.#recentUnits,
      firstOrderMs: this.#firstOrderMs,
    };
  }

  #openSite(site: string): void {
    for (const name of [
      'skus',
      'skus_out_of_stock',
      'on_hand_units',
      'allocated_units',
      'backordered_units',
      'orders_open',
      'orders_placed_total',
      'orders_cancelled_total',
      'order_lines_requested_total',
      'order_units_requested_total',
      'demand_units_total',
      'units_returned_total',
    ])
      this.#add(name, site, 0);
    this.#cycles.set(site, []);
  }

  #countStock(level: Row): void {
    if (!this.#isTracked(level)) return;
    const site = this.#nameOf(level.stockLocationId);
    const [onHand, allocated] = [Number(level.stockOnHand), Number(level.stockAllocated)];
    this.#add('skus', site, 1);
    if (onHand <= allocated) this.#add('skus_out_of_stock', site, 1);
    this.#add('on_hand_units', site, onHand);
    this.#add('allocated_units', site, Math.min(onHand, allocated));
    this.#add('backordered_units', site, Math.max(0, allocated - onHand));
  }

  #countOrder(order: Row): void {
    const lines = this.#tables.order_line.filter(({ orderId }) => orderId === order.id);
    const site = this.#siteOf(lines);
    this.#add('orders_placed_total', site, 1);
    if (order.state === 'Cancelled') this.#add('orders_cancelled_total', site, 1);
    const isOpen = lines.some((line) => Number(line.quantity) > this.#unitsOut(line));
    if (isOpen && order.state !== 'Cancelled') this.#add('orders_open', site, 1);
    for (const line of lines) this.#countLine(order, line);
    const done = this.#stepsOf(order, 'ORDER_STATE_TRANSITION').find(({ to }) => isGone(to));
    const gone = this.#stepsOf(order, 'ORDER_FULFILLMENT_TRANSITION').filter(({ to }) => to === 'Shipped');
    const last = gone.filter(({ atMs }) => done !== undefined && atMs <= done.atMs).at(-1);
    if (last !== undefined) {
      const seconds = (last.atMs - placedMs(order)) / 1_000;
      this.#cycles.get(site)!.push(Math.max(0, seconds));
    }
  }

  #countLine(order: Row, line: Row): void {
    const site = this.#siteOf([line]);
    const units = Number(line.orderPlacedQuantity);
    this.#add('order_lines_requested_total', site, 1);
    this.#add('order_units_requested_total', site, units);
    this.#add('demand_units_total', site, units);
    if (
      placedMs(order) > this.#firstOrderMs &&
      this.#isTracked(line) &&
      this.#allocationOf([line]) !== undefined
    )
      this.#recentUnits.set(site, (this.#recentUnits.get(site) ?? 0) + units);
    const shipped = new Set(
      this.#stepsOf(order, 'ORDER_FULFILLMENT_TRANSITION')
        .filter(({ to }) => to === 'Shipped')
        .map(({ parcel }) => parcel),
    );
    const parcels = this.#parcelsOf(line).filter(({ fulfillmentId }) => shipped.has(String(fulfillmentId)));
    for (const { quantity } of parcels) {
      const cents = Math.round(Number(quantity) * netPrice(line));
      this.#increase(`sales_total{site="${site}",currency="${String(order.currencyCode)}"}`, cents / 100);
    }
    if (parcels.length > 0) this.#countReturns(line, site, shipped);
  }

  /** What came back of units that had left, less what a cancelled parcel brought back. */
  #countReturns(line: Row, site: string, shipped: ReadonlySet<string>): void {
    const back = new Map(
      this.#tables.stock_movement
        .filter(({ type, orderLineId }) => type === 'CANCELLATION' && orderLineId === line.id)
        .map(({ createdAt, quantity }) => [(createdAt as Date).getTime(), Number(quantity)]),
    );
    const refused = this.#parcelsOf(line)
      .filter(({ fulfillmentId }) => shipped.has(String(fulfillmentId)))
      .filter(({ fulfillmentId }) => this.#stateOf(fulfillmentId) === 'Cancelled');
    this.#add(
      'units_returned_total',
      site,
      sum([...back.values()]) - sum(refused.map(({ quantity }) => Number(quantity))),
    );
  }

  #unitsOut(line: Row): number {
    const out = this.#parcelsOf(line).filter(({ fulfillmentId }) => isGone(this.#stateOf(fulfillmentId)));
    return sum(out.map(({ quantity }) => Number(quantity)));
  }

  #parcelsOf(line: Row): Row[] {
    return this.#tables.order_line_reference.filter(
      ({ orderLineId, fulfillmentId }) => orderLineId === line.id && fulfillmentId !== null,
    );
  }

  #stateOf(parcel: unknown): string {
    return String(this.#tables.fulfillment.find(({ id }) => id === parcel)!.state);
  }

  #stepsOf(order: Row, type: string) {
    return this.#tables.history_entry
      .filter((entry) => entry.orderId === order.id && entry.type === type)
      .map(({ data, createdAt }) => {
        const { to, fulfillmentId } = JSON.parse(String(data)) as { to: string; fulfillmentId?: unknown };
        return { to, parcel: String(fulfillmentId), atMs: (createdAt as Date).getTime() };
      });
  }

  #isTracked({ productVariantId }: Row): boolean {
    const variant = this.#tables.product_variant.find(({ id }) => id === productVariantId)!;
    return variant.deletedAt === null && variant.trackInventory !== 'FALSE';
  }

  #siteOf(lines: readonly Row[]): string {
    const first = this.#allocationOf(lines);
    return this.#nameOf(first === undefined ? DEFAULT_LOCATION : first.stockLocationId);
  }

  #allocationOf(lines: readonly Row[]): Row | undefined {
    const ids = new Set(lines.map(({ id }) => id));
    return this.#tables.stock_movement.find(
      ({ type, orderLineId }) => type === 'ALLOCATION' && ids.has(orderLineId),
    );
  }

  #nameOf(location: unknown): string {
    return String(this.#tables.stock_location.find(({ id }) => id === location)!.name);
  }

  #add(name: string, site: string, amount: number): void {
    this.#increase(`${name}{site="${site}"}`, amount);
  }

  #increase(figure: string, amount: number): void {
    const series = `inventory_${figure}`;
    this.#scalars.set(series, (this.#scalars.get(series) ?? 0) + amount);
  }
}

function placedMs({ orderPlacedAt }: Row): number {
  return (orderPlacedAt as Date).getTime();
}

/** In hundredths: without tax, with all discounts. */
function netPrice(line: Row): number {
  const discounts = amounts(line.adjustments, 'amount');
  const percent = amounts(line.taxLines, 'taxRate');
  const price =
    Number(line.listPrice) + discounts / Math.max(Number(line.orderPlacedQuantity), Number(line.quantity));
  const { listPriceIncludesTax: isGross } = line;
  return isGross === true || isGross === 1 ? price / (1 + percent / 100) : price;
}

function amounts(json: unknown, key: string): number {
  return sum((JSON.parse(String(json)) as Record<string, number>[]).map((one) => one[key]!));
}

function isGone(state: string): boolean {
  return state === 'Shipped' || state === 'Delivered';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
