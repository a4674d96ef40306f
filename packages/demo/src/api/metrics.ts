import type { RequestHandler } from 'express';
import { v8Metrics } from '@evenkeel/exporter/middleware';
import { processMetrics } from '@evenkeel/toolkit';
import { Gauge, Registry } from 'prom-client';
import { FAULT_NAMES } from '../faults/index.ts';
import { KNOB_NAMES } from '../knobs/index.ts';
import type { Warehouse } from './warehouse.ts';

/** The API's registry with what Node says of the process; the request metrics and the warehouse's own are added to it. */
export function createRegistry(): Registry {
  const registry = new Registry();
  processMetrics(registry);
  v8Metrics(registry);
  return registry;
}

/** Adds what only the warehouse's process knows. What happened to orders and stock is in the database, not here. */
export function addWarehouseMetrics(registry: Registry, { knobs, faults, quotes }: Warehouse): void {
  new Gauge({
    name: 'warehouse_knob_value',
    help: 'Value of a knob that is in force.',
    labelNames: ['knob'],
    registers: [registry],
    collect() {
      for (const knob of KNOB_NAMES) this.set({ knob }, knobs.value(knob));
    },
  });
  new Gauge({
    name: 'warehouse_fault_active',
    help: 'Whether a fault is injected (1) or not (0).',
    labelNames: ['fault'],
    registers: [registry],
    collect() {
      for (const fault of FAULT_NAMES) this.set({ fault }, faults.isActive(fault) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'warehouse_quote_cache_entries',
    help: 'Quotes that the API keeps.',
    registers: [registry],
    collect() {
      this.set(quotes.size);
    },
  });
}

/** GET /metrics. */
export function serveMetrics(registry: Registry): RequestHandler {
  return async (_request, response) => {
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  };
}
