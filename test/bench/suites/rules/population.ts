/** The labels of one series, and what it does: a counter's rate a second, or a gauge's mean. */
export interface Simulated {
  name: string;
  labels: Readonly<Record<string, string>>;
  kind: 'counter' | 'gauge';
  mean: number;
}

export interface Population {
  sites: number;
  /** Services of a site. */
  services: number;
}

const ROUTES = ['/orders', '/orders/{id}', '/catalogue', '/quotes', '/stock'];
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const DAY_SECONDS = 86_400;

const counter = (name: string, labels: Record<string, string>, mean: number): Simulated => ({
  name,
  labels,
  kind: 'counter',
  mean,
});
const gauge = (name: string, labels: Record<string, string>, mean: number): Simulated => ({
  name,
  labels,
  kind: 'gauge',
  mean,
});

/** Every series that the signals read, of some sites with a host each and their services. */
export function populate({ sites, services }: Population): Simulated[] {
  return Array.from({ length: sites }, (_, site) => `site-${site}`).flatMap((site) => [
    ...hostOf(site),
    ...stockOf(site),
    ...Array.from({ length: services }, (_, service) =>
      serviceSeries(site, `${site}-service-${service}`),
    ).flat(),
  ]);
}

function hostOf(instance: string): Simulated[] {
  const own = { instance };
  return [
    ...['user', 'system', 'idle', 'iowait'].flatMap((mode) =>
      ['0', '1', '2', '3'].map((cpu) =>
        counter('system_cpu_time_seconds_total', { ...own, cpu_mode: mode, cpu_logical_number: cpu }, 0.25),
      ),
    ),
    gauge('system_cpu_logical_cores', own, 4),
    gauge('system_cpu_load_average_1m', own, 2),
    gauge('system_linux_memory_available_bytes', own, 4e9),
    gauge('system_memory_limit_bytes', own, 8e9),
    gauge('system_filesystem_utilization_ratio', { ...own, mountpoint: '/' }, 0.5),
    counter('system_disk_io_bytes_total', { ...own, system_device: 'sda' }, 1e6),
    counter('system_network_io_bytes_total', { ...own, network_interface_name: 'eth0' }, 1e6),
  ];
}

function stockOf(site: string): Simulated[] {
  const own = { site };
  const counted = (name: string, aDay: number, labels: Record<string, string> = {}) =>
    counter(`inventory_${name}_total`, { ...own, ...labels }, aDay / DAY_SECONDS);
  return [
    gauge('inventory_skus', own, 5_000),
    gauge('inventory_skus_out_of_stock', own, 50),
    gauge('inventory_skus_below_reorder_point', own, 200),
    gauge('inventory_backordered_units', own, 300),
    gauge('inventory_cover_seconds', own, 40 * DAY_SECONDS),
    gauge('inventory_value', { ...own, currency: 'GBP' }, 1e6),
    gauge('inventory_idle_value', { ...own, currency: 'GBP', idle: '28d' }, 1e5),
    counted('orders_placed', 5_000),
    counted('order_lines_requested', 20_000),
    counted('order_lines_filled', 19_500),
    counted('order_units_requested', 100_000),
    counted('order_units_filled', 98_000),
    counted('orders_due', 5_000),
    counted('orders_on_time_in_full', 4_800),
    counted('orders_cancelled', 50),
    counted('units_returned', 900),
    counted('demand_units', 100_000),
    counted('forecast_absolute_error_units', 15_000),
    counted('forecast_over_units', 8_000),
    counted('forecast_under_units', 7_000),
    ...['1', '2', '3', '4', '5'].map((rating) => counted('customer_ratings', 200, { rating })),
    ...histogram('inventory_order_cycle_seconds', own, 5_000 / DAY_SECONDS),
    ...histogram('inventory_supplier_lead_time_seconds', own, 100 / DAY_SECONDS),
  ];
}

function serviceSeries(site: string, job: string): Simulated[] {
  const own = { job, instance: site };
  return [
    gauge('up', own, 1),
    gauge('http_server_active_requests', own, 5),
    gauge('v8js_memory_heap_used_bytes', own, 1e8),
    gauge('v8js_memory_heap_limit_bytes', own, 2.5e8),
    gauge('probe_success', own, 1),
    ...ROUTES.flatMap((route) =>
      ['200', '500'].flatMap((status) =>
        histogram(
          'http_server_request_duration_seconds',
          { ...own, http_request_method: 'GET', http_route: route, http_response_status_code: status },
          status === '200' ? 5 : 0.05,
        ),
      ),
    ),
  ];
}

function histogram(name: string, labels: Record<string, string>, rate: number): Simulated[] {
  return [
    ...BUCKETS.map((le, index) =>
      counter(`${name}_bucket`, { ...labels, le: String(le) }, (rate * (index + 1)) / (BUCKETS.length + 1)),
    ),
    counter(`${name}_bucket`, { ...labels, le: '+Inf' }, rate),
    counter(`${name}_count`, labels, rate),
    counter(`${name}_sum`, labels, rate * 0.2),
  ];
}

/** A series in the text format; a counter grows with the seconds, a gauge moves by a tenth. */
export function lineOf({ name, labels, kind, mean }: Simulated, seconds: number, noise: number): string {
  const value = kind === 'counter' ? mean * seconds : mean * (0.95 + 0.1 * noise);
  return `${name}{${labelText(labels)}} ${value}`;
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',');
}
