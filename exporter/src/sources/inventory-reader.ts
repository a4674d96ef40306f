import {
  type KpiReading,
  type MappedRows,
  mapRows,
  type Profile,
  type ProfileQuery,
} from '@evenkeel/inventory';
import { type Database, QueryFailed, type RunQuery } from './database.ts';

export interface InventoryReading {
  /** Start of the snapshot that all figures were read in, in milliseconds since the epoch. */
  takenAtMs: number;
  readings: readonly KpiReading[];
  /** One for each query that failed and each figure that could not be read. */
  errors: readonly Error[];
}

/** Gives the inventory figures of one database. */
export interface InventoryReader {
  database: string;
  /** @throws Error when the database cannot be asked at all */
  read(now: number): Promise<InventoryReading>;
}

/** Runs all queries of a profile in one snapshot, so that stock, orders and sales belong together. */
export function sqlReader(database: Database, profile: Profile): InventoryReader {
  return {
    database: database.name,
    read: (now) =>
      database.snapshot(async (run) => {
        const readings: KpiReading[] = [];
        const errors: Error[] = [];
        for (const query of profile.queries) {
          const mapped = await readQuery(query, run);
          readings.push(...mapped.readings);
          errors.push(...mapped.errors);
        }
        return { takenAtMs: now, readings, errors };
      }),
  };
}

async function readQuery(query: ProfileQuery, run: RunQuery): Promise<MappedRows> {
  try {
    return mapRows(query, await run(query.sql));
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    return { readings: [], errors: [new Error(`query ${query.name}: ${error.message}`, { cause: error })] };
  }
}

/**
 * Asks at most once in `minIntervalMs` and gives the last reading in between. Those who come while it is being read wait
 * for the same reading, so that several scrapers cost the database no more than one. A failure is not kept.
 */
export function cached(reader: InventoryReader, minIntervalMs: number): InventoryReader {
  let last: InventoryReading | undefined;
  let pending: Promise<InventoryReading> | undefined;
  return {
    database: reader.database,
    read(now) {
      if (last !== undefined && now - last.takenAtMs < minIntervalMs) return Promise.resolve(last);
      pending ??= reader
        .read(now)
        .then((reading) => (last = reading))
        .finally(() => (pending = undefined));
      return pending;
    },
  };
}
