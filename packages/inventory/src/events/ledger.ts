import type { EventQuery } from '../profiles/profile.ts';
import type { EventRow } from './event-row.ts';
import { type LabelTotals, Tally } from './tally.ts';

/** Rows of one stretch of periods, known by their sums only. Buckets lie side by side; the first has no lower end. */
export interface Bucket {
  from: number | null;
  to: number;
  totals: readonly LabelTotals[];
}

/** How far a reading saw, for the question of what may still appear behind it. */
export interface ReadMark {
  /** The database's clock in milliseconds; undefined where stamps are numbers. */
  clock: number | undefined;
  /** Every transaction below `oldest` had ended; those from `next` on begin later. Undefined where the server does not say. */
  oldest: bigint | undefined;
  next: bigint | undefined;
}

export interface LedgerState {
  watermark: number;
  clock: number | undefined;
  /** Where to read from so as not to miss what a transaction commits that is open now. */
  openFrom: number;
  marks: readonly { next: bigint; watermark: number }[];
  /** Rows of this period and later are held one by one, those before it in buckets. */
  hotFrom: number;
  hot: ReadonlyMap<string, EventRow>;
  buckets: readonly Bucket[];
  /** Rows of buckets inside the overlap, as they were when their bucket was counted. */
  seen: ReadonlyMap<string, EventRow>;
}

export interface LedgerOptions {
  /** With more rows than this held one by one, the older half goes into a bucket. */
  hotRows: number;
}

export const DEFAULT_HOT_ROWS = 10_000;
const MAX_BUCKETS = 2_000;
/** What was open at the first count may have begun long before: so many overlaps are read again while it stays open. */
const FIRST_OVERLAPS = 60;

/** A reading compared with the ledger: nothing is changed before `commit`. */
export interface Plan {
  /** State of the ledger that it was made for. */
  revision: number;
  rows: readonly EventRow[];
  mark: ReadMark;
  /** Buckets with a row that changed: to be counted again, in the same snapshot. */
  dirty: readonly Bucket[];
}

/** The ledger does not fit the database any more: all has to be counted again. */
export class LedgerStale extends Error {
  override readonly name = 'LedgerStale';
}

/**
 * What the events of one query add up to, kept up to date from the rows that changed.
 *
 * Recent rows are held one by one, so that a changed row replaces what it gave before; older ones as sums of buckets, and
 * a bucket with a changed row is counted again. Reading the same rows twice changes nothing.
 */
export class Ledger {
  readonly query: EventQuery;
  readonly #hotRows: number;
  readonly #tally: Tally;
  #watermark: number;
  #clock: number | undefined;
  #openFrom: number;
  #marks: { next: bigint; watermark: number }[];
  #hotFrom: number;
  #buckets: Bucket[];
  readonly #hot: Map<string, EventRow>;
  readonly #seen: Map<string, EventRow>;
  #revision = 0;

  constructor(
    query: EventQuery,
    state: LedgerState,
    { hotRows }: LedgerOptions = { hotRows: DEFAULT_HOT_ROWS },
  ) {
    this.query = query;
    this.#hotRows = hotRows;
    this.#watermark = state.watermark;
    this.#clock = state.clock;
    this.#openFrom = state.openFrom;
    this.#marks = [...state.marks];
    this.#hotFrom = state.hotFrom;
    this.#buckets = [...state.buckets];
    this.#hot = new Map(state.hot);
    this.#seen = new Map(state.seen);
    this.#tally = new Tally(query);
    for (const { totals } of this.#buckets) this.#tally.addTotals(totals);
    for (const row of this.#hot.values()) this.#tally.add(row);
  }

  /** A ledger right after a count from scratch. */
  static counted(query: EventQuery, count: FirstCount, options?: LedgerOptions): Ledger {
    const { lastChanged, mark, hotFrom, hot, buckets } = count;
    const watermark = Math.min(lastChanged, mark.clock ?? lastChanged);
    return new Ledger(
      query,
      {
        watermark,
        clock: mark.clock,
        openFrom: count.nothingOpen ? watermark : watermark - FIRST_OVERLAPS * query.overlap,
        marks: mark.next === undefined ? [] : [{ next: mark.next, watermark }],
        hotFrom,
        hot: new Map(hot.map((row) => [row.key, row])),
        buckets,
        seen: new Map(),
      },
      options,
    );
  }

  get totals(): readonly LabelTotals[] {
    return this.#tally.totals;
  }

  /** The change stamp to read from: the watermark less the overlap, or earlier while a transaction is open for longer. */
  get since(): number {
    return Math.min(this.#watermark, this.#openFrom) - this.query.overlap;
  }

  get state(): LedgerState {
    return {
      watermark: this.#watermark,
      clock: this.#clock,
      openFrom: this.#openFrom,
      marks: this.#marks,
      hotFrom: this.#hotFrom,
      hot: this.#hot,
      buckets: this.#buckets,
      seen: this.#seen,
    };
  }

  /**
   * Compares the rows that changed at `since` or later with what is known.
   *
   * @throws LedgerStale when rows that should be among them are gone, or the database's clock went back
   */
  plan(rows: readonly EventRow[], mark: ReadMark): Plan {
    this.#requireClock(mark);
    const keys = new Set(rows.map(({ key }) => key));
    this.#requireKeys(this.#hot, keys);
    this.#requireKeys(this.#seen, keys);
    const dirty = new Set<Bucket>();
    for (const row of rows) {
      if (row.period >= this.#hotFrom) continue;
      const before = this.#seen.get(row.key);
      if (before === undefined || !isSame(before, row)) dirty.add(this.#bucketOf(row.period));
    }
    return { revision: this.#revision, rows, mark, dirty: [...dirty] };
  }

  /** Takes a plan over; `recounted` has the sums of each dirty bucket, in their order. A late plan is left aside. */
  commit({ revision, rows, mark, dirty }: Plan, recounted: readonly (readonly LabelTotals[])[]): void {
    if (revision !== this.#revision) return;
    this.#revision += 1;
    for (const [index, bucket] of dirty.entries()) this.#replaceBucket(bucket, recounted[index]!);
    for (const row of rows) this.#takeRow(row);
    this.#advance(rows, mark);
    if (this.#hot.size > this.#hotRows) this.#closeOlderHalf();
    if (this.#buckets.length > MAX_BUCKETS) this.#mergePairs();
    for (const [key, { changed }] of this.#seen) if (changed < this.since) this.#seen.delete(key);
  }

  #requireClock({ clock }: ReadMark): void {
    if (clock === undefined || this.#clock === undefined) return;
    if (clock < this.#clock - this.query.overlap / 2)
      throw new LedgerStale(
        `the database's clock went back by ${Math.round((this.#clock - clock) / 1000)} s`,
      );
  }

  #requireKeys(known: ReadonlyMap<string, EventRow>, keys: ReadonlySet<string>): void {
    for (const { key, changed } of known.values()) {
      if (changed >= this.since && !keys.has(key))
        throw new LedgerStale(
          'rows counted before are gone: they were deleted, or the database was restored',
        );
    }
  }

  #bucketOf(period: number): Bucket {
    let low = 0;
    let high = this.#buckets.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#buckets[middle]!.to > period) high = middle;
      else low = middle + 1;
    }
    return this.#buckets[low]!;
  }

  #replaceBucket(bucket: Bucket, totals: readonly LabelTotals[]): void {
    this.#tally.removeTotals(bucket.totals);
    this.#tally.addTotals(totals);
    bucket.totals = totals;
  }

  #takeRow(row: EventRow): void {
    const before = this.#hot.get(row.key);
    if (before !== undefined) {
      this.#tally.remove(before);
      this.#hot.delete(row.key);
    }
    if (row.period >= this.#hotFrom) {
      this.#tally.add(row);
      this.#hot.set(row.key, row);
    } else {
      this.#seen.set(row.key, row);
    }
  }

  #advance(rows: readonly EventRow[], mark: ReadMark): void {
    let last = this.#watermark;
    for (const { changed } of rows) if (changed > last) last = changed;
    this.#watermark = Math.min(last, mark.clock ?? last);
    this.#clock = mark.clock;
    const { oldest, next: upcoming } = mark;
    if (oldest === undefined || upcoming === undefined) {
      this.#openFrom = this.#watermark;
      return;
    }
    // What is open now began after the last reading whose `next` is not above its number; this one's own `next` does not
    // count, as a transaction may have ended between the snapshot and the look at the locks.
    const behind = this.#marks.filter(({ next }) => next <= oldest).at(-1);
    this.#openFrom = behind?.watermark ?? this.#openFrom;
    this.#marks = this.#marks.filter((one) => one === behind || one.next > oldest);
    this.#marks = this.#marks.filter(({ next }) => next !== upcoming);
    this.#marks.push({ next: upcoming, watermark: this.#watermark });
  }

  #closeOlderHalf(): void {
    const periods = [...this.#hot.values()].map(({ period }) => period).sort((one, other) => one - other);
    const to = periods[periods.length - Math.ceil(this.#hotRows / 2)]!;
    if (to <= this.#hotFrom) return;
    const closed = new Tally(this.query);
    for (const row of this.#hot.values()) {
      if (row.period >= to) continue;
      closed.add(row);
      this.#hot.delete(row.key);
      if (row.changed >= this.since) this.#seen.set(row.key, row);
    }
    this.#buckets.push({
      from: this.#buckets.length === 0 ? null : this.#hotFrom,
      to,
      totals: closed.totals,
    });
    this.#hotFrom = to;
  }

  /** Fewer, larger buckets: the oldest ones, which change least, first. */
  #mergePairs(): void {
    const merged: Bucket[] = [];
    for (let index = 0; index < this.#buckets.length; index += 2) {
      const [one, other] = [this.#buckets[index]!, this.#buckets[index + 1]];
      if (other === undefined) merged.push(one);
      else merged.push(mergeBuckets(this.query, one, other));
    }
    this.#buckets = merged;
  }
}

export interface FirstCount {
  lastChanged: number;
  mark: ReadMark;
  /** Whether no transaction was open shortly before, or the server does not say. */
  nothingOpen: boolean;
  hotFrom: number;
  hot: readonly EventRow[];
  buckets: readonly Bucket[];
}

function mergeBuckets(query: EventQuery, one: Bucket, other: Bucket): Bucket {
  const tally = new Tally(query);
  tally.addTotals(one.totals);
  tally.addTotals(other.totals);
  return { from: one.from, to: other.to, totals: tally.totals };
}

function isSame(one: EventRow, other: EventRow): boolean {
  return (
    one.period === other.period &&
    one.labels.every((label, index) => label === other.labels[index]) &&
    one.amounts.every((amount, index) => amount === other.amounts[index]) &&
    one.observations.every((observation, index) => observation === other.observations[index])
  );
}
