import type { KpiReading, Profile } from '@evenkeel/inventory';
import type { Database } from './database.ts';
import { withDeadline } from './database-deadline.ts';
import type { EventCounts } from './inventory-counts.ts';
import { type Answer, QueryRunner } from './inventory-queries.ts';

export interface InventoryReading {
  /** Start of the snapshot that the figures were read in, in milliseconds since the epoch. */
  takenAtMs: number;
  readings: readonly TimedReading[];
  /** One for each query that failed and each figure that could not be read. */
  errors: readonly QueryProblem[];
  /** Series that were left out for being too many, by query. */
  droppedSeries: ReadonlyMap<string, number>;
}

export interface QueryProblem {
  query: string;
  message: string;
}

/** A reading that may have been kept from earlier. */
export type TimedReading = KpiReading & { takenAtMs?: number };

/** Gives the figures of one database. */
export interface InventoryReader {
  database: string;
  /** @throws Error when the database cannot be asked at all */
  read(now: number): Promise<InventoryReading>;
  /** Writes down what is to survive a restart. */
  close(): Promise<void>;
}

export interface SqlReaderOptions {
  database: Database;
  profile: Pick<Profile, 'queries'>;
  counts?: EventCounts;
  /** How long a reading waits for a count from scratch, which goes on by itself after that. */
  countWaitMs?: number;
}

/** Runs all queries of a profile in one snapshot, so that stock, orders and sales belong together. */
export function sqlReader({ database, profile, counts, countWaitMs = 0 }: SqlReaderOptions): InventoryReader {
  const queries = new QueryRunner(profile.queries);
  return {
    database: database.name,
    async read(now) {
      const [own, followed] = await database.snapshot(async (run) => [
        await queries.run(run, now),
        (await counts?.follow(run)) ?? [],
      ]);
      const answers = [...own, ...followed];
      if (counts !== undefined && (await counts.isIncomplete()))
        answers.push(...(await countRest({ database, counts, countWaitMs }, followed)));
      void counts?.save(now);
      return toReading(answers, now);
    },
    close: async () => counts?.close(),
  };
}

interface Rest {
  database: Database;
  counts: EventCounts;
  countWaitMs: number;
}

async function countRest(
  { database, counts, countWaitMs }: Rest,
  followed: readonly Answer[],
): Promise<Answer[]> {
  const before = new Set(followed.map(({ name }) => name));
  try {
    await withDeadline(counts.countMissing(), countWaitMs);
  } catch {
    const error = new Error('events are being counted from scratch, which takes longer than a scrape');
    return [{ name: 'events', mapped: { readings: [], errors: [error] } }];
  }
  return database.snapshot((run) => counts.readUncounted(run, before));
}

function toReading(answers: readonly Answer[], now: number): InventoryReading {
  return {
    takenAtMs: now,
    readings: answers.flatMap(({ mapped, takenAtMs }) =>
      mapped.readings.map((reading) => (takenAtMs === undefined ? reading : { ...reading, takenAtMs })),
    ),
    errors: answers.flatMap(({ name, mapped }) =>
      mapped.errors.map(({ message }) => ({ query: name, message })),
    ),
    droppedSeries: new Map(answers.map(({ name, droppedSeries = 0 }) => [name, droppedSeries])),
  };
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
    close: async () => {
      await pending?.catch(() => undefined);
      await reader.close();
    },
  };
}
