/** Every collector, with what it gives: the keys of `collectors:` in the config and of `--[no-]collector.<name>`. */
export const COLLECTORS = {
  cpu: 'time of the CPUs by mode',
  memory: 'memory and swap',
  load: 'load averages',
  filesystem: 'use of file systems',
  disk: 'input and output of disks',
  network: 'traffic of network interfaces',
  uptime: 'time since boot',
  processes: 'numbers of processes and threads',
  pressure: 'time lost waiting for CPU, memory, input and output',
  container: 'limits of the container that the exporter is in (cgroup v2)',
  hostfacts: 'operating system and processor, read once',
  inventory: 'inventory figures from databases',
  sql: 'metrics of your own from SQL',
  probe: 'HTTP probes',
  accesslog: 'requests in access logs of nginx, Apache and others',
} as const;

export type CollectorName = keyof typeof COLLECTORS;

export const COLLECTOR_NAMES = Object.keys(COLLECTORS) as CollectorName[];
