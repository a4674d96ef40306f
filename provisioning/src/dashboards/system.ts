import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Signal } from '@evenkeel/signals';
import { alertsFired, enhancementsApplied } from './annotations.ts';
import type { Board } from './board.ts';
import { domainChoices, domainRows } from './domain-rows.ts';
import { BAD, GOOD, WARN } from './palette.ts';
import { areas, bars, lines, rows } from './panel.ts';

const INSTANCE = 'instance=~"$instance"';
const NO_LOOPBACK = `${INSTANCE}, network_interface_name!="lo"`;

export function systemBoard(signals: readonly Signal[]): Board {
  return {
    uid: 'evenkeel-system',
    title: 'System',
    description: 'The machines: their score, its signals, and what processors, memory, disks and network do.',
    choices: domainChoices('system', signals, [{ label: 'instance', from: 'system_cpu_logical_cores' }]),
    annotations: [alertsFired('system'), enhancementsApplied()],
    rows: [
      ...domainRows('system', signals),
      { title: 'Processors and memory', panels: [processorTime(), load(), memory(), pressure()] },
      { title: 'Disks', panels: [fileSystems(), diskThroughput(), diskBusy()] },
      { title: 'Network', panels: [networkThroughput(), networkTrouble()] },
    ],
  };
}

function processorTime(): Builder<Panel> {
  return areas({
    title: 'Processor time',
    description:
      'What the processors spend their time on, in processors; the height is the number of busy ones.',
    unit: 'short',
    width: 8,
    height: 8,
    queries: [
      {
        expr: `sum by (cpu_mode) (rate(system_cpu_time_seconds_total{${INSTANCE}, cpu_mode!="idle"}[$__rate_interval]))`,
        legend: '{{cpu_mode}}',
      },
    ],
  });
}

function load(): Builder<Panel> {
  return lines({
    title: 'Load per processor',
    description: 'Processes that run or wait, over the processors; for long above 1, work queues up.',
    unit: 'short',
    width: 4,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `system_cpu_load_average_1m{${INSTANCE}} / system_cpu_logical_cores{${INSTANCE}}`,
        legend: '{{instance}}, 1 min',
      },
      {
        expr: `system_cpu_load_average_15m{${INSTANCE}} / system_cpu_logical_cores{${INSTANCE}}`,
        legend: '{{instance}}, 15 min',
      },
    ],
  });
}

function memory(): Builder<Panel> {
  return areas({
    title: 'Memory',
    description: 'What memory is used for. Cached and buffered memory is given back when new work needs it.',
    unit: 'bytes',
    width: 6,
    height: 8,
    queries: [
      {
        expr: `sum by (system_memory_state) (system_memory_usage_bytes{${INSTANCE}})`,
        legend: '{{system_memory_state}}',
      },
    ],
  });
}

function pressure(): Builder<Panel> {
  return lines({
    title: 'Waiting for a resource',
    description:
      'Share of the time in which some process waited for processor, memory or disk (pressure stall information, Linux).',
    unit: 'percentunit',
    width: 6,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `max by (resource) (rate(system_linux_pressure_waiting_seconds_total{${INSTANCE}}[$__rate_interval]))`,
        legend: '{{resource}}',
      },
    ],
  });
}

function fileSystems(): Builder<Panel> {
  return bars({
    title: 'File systems',
    description: 'How full each file system is, the fullest first.',
    unit: 'percentunit',
    width: 8,
    height: 8,
    max: 1,
    queries: [
      {
        expr: `sort_desc(max by (instance, mountpoint) (system_filesystem_utilization_ratio{${INSTANCE}}))`,
        legend: '{{mountpoint}} {{instance}}',
      },
    ],
    steps: {
      from: GOOD,
      steps: [
        [0.9, WARN],
        [0.95, BAD],
      ],
    },
  });
}

function diskThroughput(): Builder<Panel> {
  return lines({
    title: 'Disk throughput',
    description: 'Bytes read and written in a second, by disk.',
    unit: 'Bps',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (system_device, disk_io_direction) (rate(system_disk_io_bytes_total{${INSTANCE}}[$__rate_interval]))`,
        legend: '{{system_device}} {{disk_io_direction}}',
      },
    ],
  });
}

function diskBusy(): Builder<Panel> {
  return lines({
    title: 'Disk busy',
    description:
      'Share of the time in which a disk had something to do; near 100 % for long, it is the bottleneck.',
    unit: 'percentunit',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `max by (instance, system_device) (rate(system_disk_io_time_seconds_total{${INSTANCE}}[$__rate_interval]))`,
        legend: '{{system_device}} {{instance}}',
      },
    ],
  });
}

function networkThroughput(): Builder<Panel> {
  return lines({
    title: 'Network throughput',
    description: 'Bytes received and sent in a second, by interface, without the loopback one.',
    unit: 'Bps',
    width: 12,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (network_interface_name, network_io_direction) (rate(system_network_io_bytes_total{${NO_LOOPBACK}}[$__rate_interval]))`,
        legend: '{{network_interface_name}} {{network_io_direction}}',
      },
    ],
  });
}

function networkTrouble(): Builder<Panel> {
  const perSecond = (metric: string) =>
    `sum by (instance, network_interface_name) (rate(${metric}{${NO_LOOPBACK}}[$__rate_interval]))`;
  return rows({
    title: 'Network errors and drops',
    description: 'Packets in a second that were wrong, or dropped for want of room; both should be 0.',
    unit: 'pps',
    width: 12,
    height: 8,
    queries: [
      { expr: perSecond('system_network_errors_total') },
      { expr: perSecond('system_network_packet_dropped_total') },
    ],
    columns: {
      instance: 'Instance',
      network_interface_name: 'Interface',
      'Value #A': 'Errors',
      'Value #B': 'Dropped',
    },
    sortBy: 'Dropped',
  });
}
