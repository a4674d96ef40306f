import {
  isHistogram,
  type KpiReading,
  type MappedRows,
  mapRows,
  type ProfileQuery,
} from '@evenkeel/inventory';
import { QueryFailed, type RunQuery } from './database.ts';

/** What one query gave. */
export interface Answer {
  name: string;
  mapped: MappedRows;
  /** When it was read, where that is earlier than the reading it is part of. */
  takenAtMs?: number;
  /** Series over `max_series` that were left out. */
  droppedSeries?: number;
}

/** Runs the queries of a profile, each not before its own interval has passed. */
export class QueryRunner {
  readonly #queries: readonly ProfileQuery[];
  readonly #kept = new Map<string, Answer & { takenAtMs: number }>();

  constructor(queries: readonly ProfileQuery[]) {
    this.#queries = queries;
  }

  async run(run: RunQuery, now: number): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const query of this.#queries) answers.push(await this.#runOne(query, run, now));
    return answers;
  }

  async #runOne(query: ProfileQuery, run: RunQuery, now: number): Promise<Answer> {
    const kept = this.#kept.get(query.name);
    if (kept !== undefined && now - kept.takenAtMs < query.minIntervalMs!) return kept;
    const answer = await answerOf(query, run);
    if (query.minIntervalMs !== undefined && answer.mapped.errors.length === 0)
      this.#kept.set(query.name, { ...answer, takenAtMs: now });
    return answer;
  }
}

async function answerOf(query: ProfileQuery, run: RunQuery): Promise<Answer> {
  const { name, sql, timeoutMs, maxSeries } = query;
  try {
    const rows = await run(sql, timeoutMs === undefined ? {} : { timeoutMs });
    return cut({ name, mapped: mapRows(query, rows) }, maxSeries);
  } catch (error) {
    if (!(error instanceof QueryFailed)) throw error;
    const failure = new Error(`query ${name}: ${error.message}`, { cause: error });
    return { name, mapped: { readings: [], errors: [failure] } };
  }
}

/** A label with far too many values costs its own figure only: the first series stay, the others are counted. */
function cut({ name, mapped }: Answer, maxSeries: number): Answer {
  const droppedSeries = mapped.readings.reduce(
    (dropped, { samples }) => dropped + Math.max(0, samples.length - maxSeries),
    0,
  );
  if (droppedSeries === 0) return { name, mapped, droppedSeries };
  const readings = mapped.readings.map((reading) => first(reading, maxSeries));
  const error = new Error(
    `query ${name}: ${droppedSeries} series more than max_series (${maxSeries}) are left out`,
  );
  return { name, mapped: { readings, errors: [...mapped.errors, error] }, droppedSeries };
}

function first(reading: KpiReading, maxSeries: number): KpiReading {
  return isHistogram(reading)
    ? { kpi: reading.kpi, samples: reading.samples.slice(0, maxSeries) }
    : { kpi: reading.kpi, samples: reading.samples.slice(0, maxSeries) };
}
