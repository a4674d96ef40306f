import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Signal } from '@evenkeel/signals';
import { alertsFired, enhancementsApplied } from './annotations.ts';
import type { Board } from './board.ts';
import { domainChoices, domainRows } from './domain-rows.ts';
import { areas, bars, columns, lines, rows } from './panel.ts';

const SITE = 'site=~"$site"';

export function inventoryBoard(signals: readonly Signal[]): Board {
  return {
    uid: 'evenkeel-inventory',
    title: 'Inventory',
    description:
      'The business: its score, its signals, stock by site, orders and how they were served, money.',
    choices: domainChoices('inventory', signals, [{ label: 'site', from: 'inventory_skus' }]),
    annotations: [alertsFired('inventory'), enhancementsApplied()],
    rows: [
      ...domainRows('inventory', signals),
      { title: 'Stock', panels: [stockBySite(), stockUnits(), outOfStock()] },
      { title: 'Orders', panels: [ordersPlaced(), linesFilled(), orderCycle(), leadTime()] },
      { title: 'Money and customers', panels: [sales(), stockValue(), ratings()] },
    ],
  };
}

function stockBySite(): Builder<Panel> {
  const bySite = (metric: string) => ({ expr: `sum by (site) (${metric}{${SITE}})` });
  return rows({
    title: 'Stock by site',
    description:
      'SKUs; those with nothing left to promise; those below their reorder point; units on hand, promised, on their way, and ordered but not in stock; how long it lasts.',
    unit: 'short',
    width: 24,
    height: 7,
    queries: [
      bySite('inventory_skus'),
      bySite('inventory_skus_out_of_stock'),
      bySite('inventory_skus_below_reorder_point'),
      bySite('inventory_on_hand_units'),
      bySite('inventory_allocated_units'),
      bySite('inventory_incoming_units'),
      bySite('inventory_backordered_units'),
      { expr: `min by (site) (inventory_cover_seconds{${SITE}})` },
    ],
    columns: {
      site: 'Site',
      'Value #A': 'SKUs',
      'Value #B': 'Out of stock',
      'Value #C': 'Below reorder point',
      'Value #D': 'On hand',
      'Value #E': 'Promised',
      'Value #F': 'On their way',
      'Value #G': 'Backordered',
      'Value #H': 'Lasts for',
    },
    sortBy: 'Out of stock',
  }).overrideByName('Lasts for', [{ id: 'unit', value: 's' }]);
}

function stockUnits(): Builder<Panel> {
  const total = (metric: string) => `sum(${metric}{${SITE}})`;
  return lines({
    title: 'Units not on the shelf',
    description:
      'Promised to customers, ordered from suppliers, and ordered by customers without being in stock.',
    unit: 'short',
    width: 12,
    height: 8,
    min: 0,
    queries: [
      { expr: total('inventory_allocated_units'), legend: 'promised' },
      { expr: total('inventory_incoming_units'), legend: 'on their way' },
      { expr: total('inventory_backordered_units'), legend: 'backordered' },
    ],
  });
}

function outOfStock(): Builder<Panel> {
  const share = (metric: string) =>
    `sum by (site) (${metric}{${SITE}}) / sum by (site) (inventory_skus{${SITE}})`;
  return lines({
    title: 'Share of SKUs that run short',
    description: 'Of the SKUs of a site: nothing left to promise, and below the reorder point.',
    unit: 'percentunit',
    width: 12,
    height: 8,
    min: 0,
    queries: [
      { expr: share('inventory_skus_out_of_stock'), legend: '{{site}} out of stock' },
      { expr: share('inventory_skus_below_reorder_point'), legend: '{{site}} below reorder point' },
    ],
  });
}

function ordersPlaced(): Builder<Panel> {
  const counted = (metric: string) => `sum(increase(${metric}{${SITE}}[$__rate_interval]))`;
  return columns({
    title: 'Orders',
    description: 'Orders placed, and orders cancelled, in each interval of the graph.',
    unit: 'short',
    width: 6,
    height: 8,
    queries: [
      { expr: counted('inventory_orders_placed_total'), legend: 'placed' },
      { expr: counted('inventory_orders_cancelled_total'), legend: 'cancelled' },
    ],
  });
}

function linesFilled(): Builder<Panel> {
  const ratio = (filled: string, asked: string) =>
    `sum by (site) (increase(${filled}{${SITE}}[$__range])) / (sum by (site) (increase(${asked}{${SITE}}[$__range])) > 0)`;
  return bars({
    title: 'Served at once',
    description:
      'Over the time range, by site: order lines and units that stock could fill at once, and orders that left on time and in full.',
    unit: 'percentunit',
    width: 6,
    height: 8,
    max: 1,
    queries: [
      {
        expr: ratio('inventory_order_lines_filled_total', 'inventory_order_lines_requested_total'),
        legend: 'lines, {{site}}',
      },
      {
        expr: ratio('inventory_order_units_filled_total', 'inventory_order_units_requested_total'),
        legend: 'units, {{site}}',
      },
      {
        expr: ratio('inventory_orders_on_time_in_full_total', 'inventory_orders_due_total'),
        legend: 'on time in full, {{site}}',
      },
    ],
    noValue: 'no orders',
  });
}

function orderCycle(): Builder<Panel> {
  return durationLines(
    'Order to last parcel',
    'inventory_order_cycle_seconds_bucket',
    'From the order to its last parcel',
  );
}

function leadTime(): Builder<Panel> {
  return durationLines(
    'Supplier lead time',
    'inventory_supplier_lead_time_seconds_bucket',
    'From the purchase order to its last receipt',
  );
}

function durationLines(title: string, bucket: string, what: string): Builder<Panel> {
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (increase(${bucket}{${SITE}}[$__range])))`;
  return lines({
    title,
    description: `${what}: half of them, and nine of ten, take no longer. Of what ended within the time range before each point.`,
    unit: 's',
    width: 6,
    height: 8,
    min: 0,
    queries: [
      { expr: quantile(0.5), legend: 'p50' },
      { expr: quantile(0.9), legend: 'p90' },
    ],
    noValue: 'none has ended',
  });
}

function sales(): Builder<Panel> {
  const perHour = (metric: string) => `sum by (currency) (rate(${metric}{${SITE}}[$__rate_interval])) * 3600`;
  return lines({
    title: 'Sales an hour',
    description: 'Units shipped, at their price and at cost, by currency; currencies are never added up.',
    unit: 'short',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      { expr: perHour('inventory_sales_total'), legend: 'sales, {{currency}}' },
      { expr: perHour('inventory_cogs_total'), legend: 'at cost, {{currency}}' },
    ],
  });
}

function stockValue(): Builder<Panel> {
  return areas({
    title: 'Value of stock',
    description: 'Units on hand at cost, by site and currency.',
    unit: 'short',
    width: 8,
    height: 8,
    queries: [
      { expr: `sum by (site, currency) (inventory_value{${SITE}})`, legend: '{{site}}, {{currency}}' },
    ],
  });
}

function ratings(): Builder<Panel> {
  return bars({
    title: 'Ratings',
    description: 'Ratings that customers gave in the time range, 1 to 5. Few ratings say little.',
    unit: 'none',
    width: 8,
    height: 8,
    decimals: 0,
    queries: [
      {
        expr: `sum by (rating) (increase(inventory_customer_ratings_total{${SITE}}[$__range]))`,
        legend: '{{rating}}',
      },
    ],
    noValue: 'no ratings',
  });
}
