import { findKpi, type Profile, type ScalarKpi } from '@evenkeel/inventory';
import { describe, expect, it } from '@jest/globals';
import { type Database, QueryFailed, type RunQuery } from './database.ts';
import { cached, type InventoryReader, type InventoryReading, sqlReader } from './inventory-reader.ts';

const query = (name: string) => ({
  name,
  sql: name,
  labels: ['site'],
  values: [
    { column: 'units', kpi: findKpi('inventory_on_hand_units') as ScalarKpi, whenNull: 'error' as const },
  ],
  histograms: [],
  minIntervalMs: undefined,
  timeoutMs: undefined,
  maxSeries: 100,
});
const profile: Profile = {
  name: 'test',
  description: 'test',
  minIntervalMs: 0,
  queries: [query('first'), query('second')],
  events: [],
  absent: [],
};

function databaseThat(run: RunQuery): Database {
  return {
    name: 'warehouse',
    dialect: 'postgres',
    snapshot: (work) => work(run),
    close: async () => undefined,
  };
}

describe('sqlReader', () => {
  it('gives the figures of the queries that work and an error that names the other', async () => {
    const database = databaseThat(async (sql) => {
      if (sql === 'first') throw new QueryFailed(new Error('relation "stock" does not exist'));
      return [{ site: 'london', units: '12' }];
    });
    const reading = await sqlReader({ database, profile }).read(3);
    expect(reading.takenAtMs).toBe(3);
    expect(reading.errors.map(({ message }) => message)).toEqual([
      'query first: relation "stock" does not exist',
    ]);
    expect(reading.readings).toMatchObject([{ samples: [{ labels: { site: 'london' }, value: 12 }] }]);
  });

  it('fails as a whole when the connection breaks', async () => {
    const database = databaseThat(async () => Promise.reject(new Error('connection terminated')));
    await expect(sqlReader({ database, profile }).read(0)).rejects.toThrow('connection terminated');
  });
});

describe('cached', () => {
  function counting(fail = false): InventoryReader & { reads: number } {
    return {
      database: 'warehouse',
      reads: 0,
      async read(now): Promise<InventoryReading> {
        this.reads += 1;
        if (fail) throw new Error('away');
        return { takenAtMs: now, readings: [], errors: [], droppedSeries: new Map() };
      },
      close: async () => undefined,
    };
  }

  it('asks again only after the interval', async () => {
    const reader = counting();
    const cache = cached(reader, 1000);
    expect((await cache.read(0)).takenAtMs).toBe(0);
    expect((await cache.read(999)).takenAtMs).toBe(0);
    expect((await cache.read(1000)).takenAtMs).toBe(1000);
    expect(reader.reads).toBe(2);
  });

  it('asks once for all who come while it is being read', async () => {
    const reader = counting();
    const cache = cached(reader, 1000);
    await Promise.all([cache.read(0), cache.read(1), cache.read(2)]);
    expect(reader.reads).toBe(1);
  });

  it('does not keep a failure', async () => {
    const reader = counting(true);
    const cache = cached(reader, 1000);
    await expect(cache.read(0)).rejects.toThrow('away');
    await expect(cache.read(1)).rejects.toThrow('away');
    expect(reader.reads).toBe(2);
  });
});
