/** One inventory figure, the same whatever system it is read from. */
export interface ScalarKpi {
  name: string;
  type: 'gauge' | 'counter';
  help: string;
  /** Labels beside `site`. */
  labels: readonly string[];
}

export interface HistogramKpi {
  name: string;
  type: 'histogram';
  help: string;
  labels: readonly string[];
  /** Upper bounds in seconds, ascending, `+Inf` left out. Fixed here so that sites and systems can be added up. */
  boundsSeconds: readonly number[];
}

export type Kpi = ScalarKpi | HistogramKpi;

/** The label that every inventory figure carries. */
export const SITE_LABEL = 'site';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const ORDER_CYCLE_BOUNDS_SECONDS = [1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 672].map(
  (hours) => hours * HOUR,
);
const LEAD_TIME_BOUNDS_SECONDS = [1, 2, 3, 4, 5, 7, 10, 14, 18, 21, 28, 35, 42, 56, 84].map(
  (days) => days * DAY,
);

/** Every inventory figure that a profile may give. What a system does not have, its profile leaves out. */
export const KPIS: readonly Kpi[] = [
  gauge('inventory_skus', 'SKUs that the site stocks.'),
  gauge(
    'inventory_skus_out_of_stock',
    'SKUs with nothing left to promise: all on hand is allocated, or there is none.',
  ),
  gauge(
    'inventory_skus_below_reorder_point',
    'SKUs whose units on hand, less those allocated, are below the reorder point.',
  ),
  gauge('inventory_on_hand_units', 'Units on hand, allocated ones included.'),
  gauge('inventory_allocated_units', 'Units on hand that are promised to orders.'),
  gauge('inventory_incoming_units', 'Units ordered from suppliers and not yet received.'),
  gauge('inventory_backordered_units', 'Units ordered by customers for which there is no stock yet.'),
  gauge('inventory_value', 'Value of the units on hand at cost, in units of the currency.', ['currency']),
  gauge(
    'inventory_idle_value',
    'Value at cost of the units on hand of SKUs that nothing has left for at least the time in the label idle.',
    ['currency', 'idle'],
  ),
  gauge('inventory_orders_open', 'Orders that are not wholly shipped and not cancelled.'),
  gauge('inventory_cover_seconds', 'How long the units on hand last at the recent rate of demand.'),
  counter('inventory_orders_placed_total', 'Orders that were placed.'),
  counter('inventory_order_lines_requested_total', 'Order lines that were placed.'),
  counter(
    'inventory_order_lines_filled_total',
    'Order lines that stock could fill wholly when they were placed.',
  ),
  counter('inventory_order_units_requested_total', 'Units that were ordered.'),
  counter('inventory_order_units_filled_total', 'Units that stock could fill when they were ordered.'),
  counter('inventory_orders_due_total', 'Orders whose promised time has come, unless cancelled before.'),
  counter(
    'inventory_orders_on_time_in_full_total',
    'Orders due that had left wholly by their promised time.',
  ),
  counter('inventory_orders_cancelled_total', 'Orders that were cancelled.'),
  counter('inventory_units_returned_total', 'Units that customers sent back and that went into stock again.'),
  counter('inventory_sales_total', 'Sales value of the units shipped, in units of the currency.', [
    'currency',
  ]),
  counter('inventory_cogs_total', 'Cost of the units shipped, in units of the currency.', ['currency']),
  counter('inventory_customer_ratings_total', 'Ratings that customers gave, by number of stars.', ['rating']),
  counter('inventory_demand_units_total', 'Units that customers asked for, whether or not they were filled.'),
  histogram(
    'inventory_order_cycle_seconds',
    'Time from placing an order to shipping the last of it.',
    ORDER_CYCLE_BOUNDS_SECONDS,
  ),
  histogram(
    'inventory_supplier_lead_time_seconds',
    'Time from ordering from a supplier to receiving the last of it.',
    LEAD_TIME_BOUNDS_SECONDS,
  ),
];

const BY_NAME = new Map(KPIS.map((kpi) => [kpi.name, kpi]));

/** The figure of that name, or undefined. */
export function findKpi(name: string): Kpi | undefined {
  return BY_NAME.get(name);
}

function gauge(name: string, help: string, labels: readonly string[] = []): ScalarKpi {
  return { name, type: 'gauge', help, labels };
}

function counter(name: string, help: string, labels: readonly string[] = []): ScalarKpi {
  return { name, type: 'counter', help, labels };
}

function histogram(name: string, help: string, boundsSeconds: readonly number[]): HistogramKpi {
  return { name, type: 'histogram', help, labels: [], boundsSeconds };
}
