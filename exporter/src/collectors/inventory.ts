import { isHistogram, type KpiReading } from '@evenkeel/inventory';
import { messageOf } from '@evenkeel/toolkit';
import { type CollectContext, type Collector, PartialFailure, type Problem } from '../model/collector.ts';
import { type Family, gauge } from '../model/family.ts';
import type { InventoryReader, InventoryReading } from '../sources/inventory-reader.ts';

interface DatabaseResult {
  database: string;
  reading: InventoryReading | undefined;
  error: string | undefined;
}

export interface DatabaseCollectorOptions {
  name: 'inventory' | 'sql';
  readers: readonly InventoryReader[];
  /** Databases of which another collector says whether they answered. */
  upSaidElsewhere?: ReadonlySet<string>;
}

/** The inventory figures of all databases. */
export function inventoryCollector(readers: readonly InventoryReader[]): Collector {
  return databaseCollector({ name: 'inventory', readers });
}

/**
 * The figures of all databases. Of one that cannot be asked the figures are missing, never zero, and
 * `evenkeel_exporter_database_up` is 0; those of the others are given.
 */
export function databaseCollector({ name, readers, upSaidElsewhere }: DatabaseCollectorOptions): Collector {
  return {
    name,
    async collect(context) {
      const results = await Promise.all(readers.map((reader) => readOne(reader, context)));
      const ours = results.filter(({ database }) => upSaidElsewhere?.has(database) !== true);
      const families = [databaseUp(ours), droppedSeries(results), ...mergeReadings(results)];
      const problems = results.flatMap(problemsOf);
      if (problems.length > 0) throw new PartialFailure(problems, families);
      return families;
    },
  };
}

async function readOne(reader: InventoryReader, { now, signal }: CollectContext): Promise<DatabaseResult> {
  const { database } = reader;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Error('no answer before the deadline of the scrape'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return { database, reading: await Promise.race([reader.read(now), late]), error: undefined };
  } catch (error) {
    return { database, reading: undefined, error: messageOf(error) };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function problemsOf({ database, reading, error }: DatabaseResult): Problem[] {
  const name = `database ${database}`;
  if (error !== undefined) return [{ subject: name, message: `${name}: ${error}` }];
  return (reading?.errors ?? []).map(({ query, message }) => ({
    subject: `${name}, query ${query}`,
    message: `${name}: ${message}`,
  }));
}

function databaseUp(results: readonly DatabaseResult[]): Family {
  return gauge(
    'evenkeel_exporter_database_up',
    'Whether the database answered.',
    results.map(({ database, reading }) => ({ labels: { database }, value: reading === undefined ? 0 : 1 })),
  );
}

/** A query whose figures are cut says by how much; those that are not give no series. */
function droppedSeries(results: readonly DatabaseResult[]): Family {
  const samples = results.flatMap(({ database, reading }) =>
    [...(reading?.droppedSeries ?? [])]
      .filter(([, dropped]) => dropped > 0)
      .map(([query, value]) => ({ labels: { database, query }, value })),
  );
  return gauge(
    'evenkeel_exporter_query_dropped_series',
    'Series of a query that were left out, as they are more than its max_series.',
    samples,
  );
}

function mergeReadings(results: readonly DatabaseResult[]): Family[] {
  return results.flatMap(({ reading }) =>
    reading === undefined
      ? []
      : reading.readings.map((one) => toFamily(one, one.takenAtMs ?? reading.takenAtMs)),
  );
}

export function toFamily(reading: KpiReading, takenAtMs: number): Family {
  const { name, help } = reading.kpi;
  return isHistogram(reading)
    ? {
        name,
        help,
        type: 'histogram',
        bounds: reading.kpi.boundsSeconds,
        samples: reading.samples,
        takenAtMs,
      }
    : { name, help, type: reading.kpi.type, samples: reading.samples, takenAtMs };
}
