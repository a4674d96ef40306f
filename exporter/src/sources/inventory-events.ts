import {
  type Bucket,
  DIALECTS,
  type EventQuery,
  eventReadings,
  type EventRow,
  EventSql,
  type KpiReading,
  type LabelTotals,
  Ledger,
  LedgerStale,
  type LedgerState,
  type ReadMark,
  readEventRow,
  readTotals,
  type Row,
  type StampKinds,
} from '@evenkeel/inventory';
import type { Database, RunQuery } from './database.ts';

export interface EventLimits {
  /** Rows held one by one; older ones are sums of buckets. */
  hotRows: number;
  /** More changed rows than this at once are counted by the server, as all others. */
  changedRows: number;
  maxBuckets: number;
}

/** Before every period: there is no bucket yet that an older row could belong to. */
const ANY_PERIOD = Number.MIN_SAFE_INTEGER;

export const EVENT_LIMITS: EventLimits = { hotRows: 10_000, changedRows: 100_000, maxBuckets: 1_000 };

export interface SavedCount {
  kinds: StampKinds;
  ledger: LedgerState;
}

interface Count {
  kinds: StampKinds;
  ledger: Ledger;
}

/** Counts the events of one query: once from scratch, then from what changed. */
export class EventCounter {
  readonly query: EventQuery;
  readonly #limits: EventLimits;
  #count: Count | undefined;

  constructor(query: EventQuery, limits: EventLimits, saved?: SavedCount) {
    this.query = query;
    this.#limits = limits;
    if (saved !== undefined)
      this.#count = { kinds: saved.kinds, ledger: new Ledger(query, saved.ledger, limits) };
  }

  get isCounted(): boolean {
    return this.#count !== undefined;
  }

  get totals(): readonly LabelTotals[] {
    return this.#count?.ledger.totals ?? [];
  }

  get state(): SavedCount | undefined {
    return this.#count && { kinds: this.#count.kinds, ledger: this.#count.ledger.state };
  }

  forget(): void {
    this.#count = undefined;
  }

  /**
   * Takes over what changed since the last time.
   *
   * @throws LedgerStale when all has to be counted again
   */
  async follow(run: RunQuery, database: Pick<Database, 'dialect'>): Promise<void> {
    const { kinds, ledger } = this.#count!;
    const sql = new EventSql(this.query, DIALECTS[database.dialect], kinds);
    const mark = await readMark(run, database, kinds);
    const rows = await run(sql.changedSince(ledger.since, this.#limits.changedRows + 1));
    if (rows.length > this.#limits.changedRows) throw new LedgerStale('too many rows changed at once');
    const plan = ledger.plan(readRows(this.query, rows), mark);
    const recounted: LabelTotals[][] = [];
    for (const { from, to } of plan.dirty) {
      const totals = await run(sql.totalsBetween(from, to));
      recounted.push(totals.map((row) => readTotals(this.query, row)));
    }
    ledger.commit(plan, recounted);
  }

  /** Counts from scratch, in a snapshot of its own that may take longer. A query without rows stays uncounted. */
  async count(database: Database, timeoutMs: number): Promise<void> {
    const nothingOpen = await database.snapshot((run) => isNothingOpen(run, database), timeoutMs);
    this.#count = await database.snapshot(async (run) => {
      const limited: RunQuery = (sql) => run(sql, { timeoutMs });
      const kinds = await probeKinds(limited, this.query);
      if (kinds === undefined) return undefined;
      const sql = new EventSql(this.query, DIALECTS[database.dialect], kinds);
      const mark = await readMark(limited, database, kinds);
      const first = await countAll({ run: limited, sql, query: this.query, limits: this.#limits });
      return { kinds, ledger: Ledger.counted(this.query, { ...first, mark, nothingOpen }, this.#limits) };
    }, timeoutMs);
  }

  /** The sums of all rows as the server adds them up, to compare. */
  async addUp(run: RunQuery, database: Pick<Database, 'dialect'>): Promise<LabelTotals[]> {
    const kinds = this.#count?.kinds ?? (await probeKinds(run, this.query));
    if (kinds === undefined) return [];
    const rows = await run(new EventSql(this.query, DIALECTS[database.dialect], kinds).totalsOfAll());
    return rows.map((row) => readTotals(this.query, row));
  }

  /** The figures of what is counted, with zeros where the profile asks for them. */
  async readings(run: RunQuery): Promise<KpiReading[]> {
    const { startAtZero, labels } = this.query;
    const zeros = startAtZero === undefined ? [] : await run(startAtZero);
    return eventReadings(
      this.query,
      this.totals,
      zeros.map((row) => labels.map((label) => String(row[label]))),
    );
  }
}

async function probeKinds(run: RunQuery, query: EventQuery): Promise<StampKinds | undefined> {
  const [row] = await run(EventSql.probe(query));
  return row && { changed: kindOf(row.changed), period: kindOf(row.period) };
}

function kindOf(cell: unknown) {
  return cell instanceof Date ? ('time' as const) : ('number' as const);
}

async function readMark(
  run: RunQuery,
  { dialect }: Pick<Database, 'dialect'>,
  kinds: StampKinds,
): Promise<ReadMark> {
  const [row] = await run(DIALECTS[dialect].marks);
  return {
    clock: kinds.changed === 'time' ? Number(row!.clock) : undefined,
    oldest: transactionNumber(row!.oldest),
    next: transactionNumber(row!.next),
  };
}

function transactionNumber(cell: unknown): bigint | undefined {
  return cell === null ? undefined : BigInt(cell as string);
}

async function isNothingOpen(run: RunQuery, { dialect }: Pick<Database, 'dialect'>): Promise<boolean> {
  const [row] = await run(DIALECTS[dialect].marks);
  return row!.oldest === row!.next;
}

function readRows(query: EventQuery, rows: readonly Row[]): EventRow[] {
  const keys = new Set<string>();
  return rows.map((row) => {
    const event = readEventRow(query, row);
    if (keys.has(event.key))
      throw new Error(`events ${query.name}: two rows have the key ${event.key.replaceAll('\u0000', ', ')}`);
    keys.add(event.key);
    return event;
  });
}

interface Counting {
  run: RunQuery;
  sql: EventSql;
  query: EventQuery;
  limits: EventLimits;
}

/** Sums in buckets of about `hotRows`, where rows are spread evenly; the last bucket's rows one by one. */
async function countAll({ run, sql, query, limits }: Counting) {
  const { n, firstPeriod, lastPeriod, lastChanged } = await readSummary(run, sql, query);
  const wanted = Math.min(limits.maxBuckets, Math.ceil(n / limits.hotRows));
  const width = Math.max(1, Math.ceil((lastPeriod + 1 - firstPeriod) / wanted));
  const to = lastPeriod + 1;
  if (wanted <= 1)
    return {
      lastChanged,
      hotFrom: ANY_PERIOD,
      hot: await readHot({ run, sql, query }, firstPeriod),
      buckets: [],
    };
  const rows = await run(sql.totalsInBuckets({ from: firstPeriod, width, to }));
  const buckets = toBuckets(query, rows, { from: firstPeriod, width, to });
  const last = buckets.at(-1)!;
  const lastRows = last.totals.reduce((sum, totals) => sum + totals.rows, 0);
  if (lastRows > 2 * limits.hotRows || last.from === null)
    return { lastChanged, hotFrom: to, hot: [], buckets };
  return {
    lastChanged,
    hotFrom: last.from,
    hot: await readHot({ run, sql, query }, last.from),
    buckets: buckets.slice(0, -1),
  };
}

async function readHot({ run, sql, query }: Omit<Counting, 'limits'>, from: number): Promise<EventRow[]> {
  return readRows(query, await run(sql.inPeriod(from)));
}

async function readSummary(run: RunQuery, sql: EventSql, query: EventQuery) {
  const [row] = await run(sql.summary());
  const n = Number(row!.n);
  if (Number(row!.with_changed) < n || Number(row!.with_period) < n)
    throw new Error(`events ${query.name}: ${query.changed} or ${query.period} is NULL in some rows`);
  return {
    n,
    firstPeriod: Number(row!.first_period),
    lastPeriod: Number(row!.last_period),
    lastChanged: Number(row!.last_changed),
  };
}

function toBuckets(
  query: EventQuery,
  rows: readonly Row[],
  { from, width, to }: { from: number; width: number; to: number },
): Bucket[] {
  const byNumber = new Map<number, LabelTotals[]>();
  for (const row of rows) {
    const totals = byNumber.get(Number(row.bucket)) ?? [];
    totals.push(readTotals(query, row));
    byNumber.set(Number(row.bucket), totals);
  }
  const numbers = [...byNumber.keys()].sort((one, other) => one - other);
  // Side by side without gaps: a row that comes late into a gap has to find its bucket.
  return numbers.map((number, index) => ({
    from: index === 0 ? null : from + number * width,
    to: index === numbers.length - 1 ? to : from + numbers[index + 1]! * width,
    totals: byNumber.get(number)!,
  }));
}
