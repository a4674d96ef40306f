import { findKpi, type KpiReading } from '@evenkeel/inventory';
import { describe, expect, it } from '@jest/globals';
import { type Collector, PartialFailure } from '../model/collector.ts';
import type { Family } from '../model/family.ts';
import type { InventoryReader, InventoryReading } from '../sources/inventory-reader.ts';
import { inventoryCollector } from './inventory.ts';

const skus = {
  kpi: findKpi('inventory_skus'),
  samples: [{ labels: { site: 'london' }, value: 5 }],
} as KpiReading;
const never = new AbortController().signal;
const close = async () => undefined;

function reader(database: string, reading: Partial<InventoryReading>): InventoryReader {
  return {
    database,
    read: async () => ({ takenAtMs: 0, readings: [], errors: [], droppedSeries: new Map(), ...reading }),
    close,
  };
}

function broken(database: string, message: string): InventoryReader {
  return { database, read: async () => Promise.reject(new Error(message)), close };
}

async function collect(
  collector: Collector,
  signal = never,
): Promise<{ families: readonly Family[]; error?: string }> {
  try {
    return { families: await collector.collect({ signal, now: 0 }) };
  } catch (error) {
    const { families, message } = error as PartialFailure;
    return { families, error: message };
  }
}

function valuesOf(families: readonly Family[], name: string): unknown[] {
  return families.filter((family) => family.name === name).flatMap(({ samples }) => [...samples]);
}

describe('the inventory collector', () => {
  it('gives the figures with the time they were read', async () => {
    const collector = inventoryCollector([reader('warehouse', { takenAtMs: 7, readings: [skus] })]);
    const { families } = await collect(collector);
    expect(families).toContainEqual({
      name: 'inventory_skus',
      help: 'SKUs that the site stocks.',
      type: 'gauge',
      samples: skus.samples,
      takenAtMs: 7,
    });
  });

  it('gives no figures of a database that is away, and those of the others', async () => {
    const collector = inventoryCollector([
      broken('shop', 'connect ECONNREFUSED'),
      reader('warehouse', { readings: [skus] }),
    ]);
    const { families, error } = await collect(collector);
    expect(error).toBe('database shop: connect ECONNREFUSED');
    expect(valuesOf(families, 'evenkeel_exporter_database_up')).toEqual([
      { labels: { database: 'shop' }, value: 0 },
      { labels: { database: 'warehouse' }, value: 1 },
    ]);
    expect(valuesOf(families, 'inventory_skus')).toHaveLength(1);
  });

  it('says that a database is down that does not answer before the deadline', async () => {
    const abort = new AbortController();
    const hanging = { database: 'warehouse', read: () => new Promise<never>(() => undefined), close };
    const collected = collect(inventoryCollector([hanging]), abort.signal);
    abort.abort();
    const { families, error } = await collected;
    expect(error).toBe('database warehouse: no answer before the deadline of the scrape');
    expect(valuesOf(families, 'evenkeel_exporter_database_up')).toMatchObject([{ value: 0 }]);
  });

  it('is up but failing when a query fails', async () => {
    const failed = reader('warehouse', {
      readings: [skus],
      errors: [{ query: 'sales', message: 'query sales: no such table' }],
    });
    const { families, error } = await collect(inventoryCollector([failed]));
    expect(error).toBe('database warehouse: query sales: no such table');
    expect(valuesOf(families, 'evenkeel_exporter_database_up')).toMatchObject([{ value: 1 }]);
    expect(valuesOf(families, 'inventory_skus')).toHaveLength(1);
  });
});
