import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Row } from '../board.ts';
import { lines } from '../panel.ts';
import { TARGET } from './target.ts';

/** What our processes take of the host. */
export function processesRow(): Row {
  return { title: 'Processes', panels: [processCpu(), processMemory(), garbageCollection()] };
}

function processCpu(): Builder<Panel> {
  return lines({
    title: 'Processor time of each process',
    description: 'In processors: 1 is all of one.',
    unit: 'short',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (job, instance) (rate(process_cpu_seconds_total{${TARGET}}[$__rate_interval]))`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}

function processMemory(): Builder<Panel> {
  return lines({
    title: 'Memory of each process',
    description: 'What is in physical memory. One that only rises leaks.',
    unit: 'bytes',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `max by (job, instance) (process_resident_memory_bytes{${TARGET}})`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}

function garbageCollection(): Builder<Panel> {
  return lines({
    title: 'Time for garbage collection',
    description: 'Share of the time in which a Node process collects garbage instead of working.',
    unit: 'percentunit',
    width: 8,
    height: 8,
    min: 0,
    queries: [
      {
        expr: `sum by (job, instance) (rate(nodejs_gc_duration_seconds_sum{${TARGET}}[$__rate_interval]))`,
        legend: '{{job}} {{instance}}',
      },
    ],
  });
}
