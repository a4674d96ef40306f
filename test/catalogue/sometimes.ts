/** Metrics that a host may not have: a kernel without pressure information, a container without disks or swap. */
const HOST_DEPENDENT = [
  /^system_linux_pressure_/,
  /^system_disk_/,
  /^system_filesystem_/,
  /^system_paging_/,
  /^system_network_/,
];

/** Whether a metric may be missing on a host with nothing being wrong. */
export function dependsOnTheHost(name: string): boolean {
  return HOST_DEPENDENT.some((pattern) => pattern.test(name));
}

/** Metrics of a situation that the demo is not in by itself; `npm run catalogue` brings it about. */
const OF_SITUATIONS = new Set([
  'container_cpu_limit',
  'container_cpu_throttled_seconds_total',
  'container_cpu_time_seconds_total',
  'container_memory_available_bytes',
  'container_memory_limit_bytes',
  'container_memory_usage_bytes',
  'container_memory_working_set_bytes',
  'evenkeel_exporter_access_log_lines_total',
  'evenkeel_exporter_access_log_rotations_total',
  'evenkeel_exporter_access_log_unread_bytes',
  'evenkeel_exporter_access_log_up',
  'evenkeel_exporter_query_dropped_series',
  'evenkeel_exporter_series_dropped_total',
  'inventory_cover_seconds',
  'inventory_idle_value',
  'probe_failed_due_to_regex',
  'probe_ssl_earliest_cert_expiry',
]);

/** Whether a running demo may be without a metric of the catalogue. */
export function mayBeMissing(name: string): boolean {
  return OF_SITUATIONS.has(name) || dependsOnTheHost(name);
}
