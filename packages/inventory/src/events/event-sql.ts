import type { EventQuery } from '../profiles/profile.ts';
import type { Dialect, StampKind } from './dialect.ts';

/** How the stamps of a query are to be read. */
export interface StampKinds {
  changed: StampKind;
  period: StampKind;
}

/** Builds the SQL around the user's own, which stays one subquery: the database's planner moves conditions into it. */
export class EventSql {
  readonly #query: EventQuery;
  readonly #dialect: Dialect;
  readonly #kinds: StampKinds;

  constructor(query: EventQuery, dialect: Dialect, kinds: StampKinds) {
    this.#query = query;
    this.#dialect = dialect;
    this.#kinds = kinds;
  }

  /** The stamps of any one row as the driver gives them, to see what they are. */
  static probe(query: EventQuery): string {
    return `select e.${query.changed} as changed, e.${query.period} as period\nfrom ${subquery(query)}\nwhere e.${query.changed} is not null limit 1`;
  }

  /** Rows that changed at `since` or later, at most `limit`. */
  changedSince(since: number, limit: number): string {
    const { changed } = this.#query;
    return `${this.#rows(`e.${changed} >= ${this.#dialect.literal(since, this.#kinds.changed)}`)}\nlimit ${limit}`;
  }

  /** Rows of `from` or later. */
  inPeriod(from: number): string {
    return this.#rows(this.#periodFrom(from));
  }

  /** One row: how many there are and between which stamps. */
  summary(): string {
    return [
      'select count(*) as n, count(changed) as with_changed, count(period) as with_period,',
      '  max(changed) as last_changed, min(period) as first_period, max(period) as last_period',
      `from (${this.#rows('1 = 1')}) r`,
    ].join('\n');
  }

  /** Sums of the rows before `to`, in buckets of `width` from `from` on; row `bucket` counts from 0. */
  totalsInBuckets({ from, width, to }: { from: number; width: number; to: number }): string {
    return this.#totals(`floor((period - (${from})) / ${width})`, this.#periodBefore(to));
  }

  /** Sums of the rows from `from` (or from the first one) and before `to`. */
  totalsBetween(from: number | null, to: number): string {
    const before = this.#periodBefore(to);
    return this.#totals('0', from === null ? before : `${this.#periodFrom(from)} and ${before}`);
  }

  /** Sums of all rows. */
  totalsOfAll(): string {
    return this.#totals('0', '1 = 1');
  }

  #rows(condition: string): string {
    const { key, changed, period, labels, values, histograms } = this.#query;
    const { text, decimal, stamp } = this.#dialect;
    const columns = [
      ...key.map((column, index) => `${text(`e.${column}`)} as k${index}`),
      `${stamp(`e.${changed}`, this.#kinds.changed)} as changed`,
      `${stamp(`e.${period}`, this.#kinds.period)} as period`,
      ...labels.map((column, index) => `${text(`e.${column}`)} as l${index}`),
      ...values.map(({ column }, index) => `${decimal(`e.${column}`)} as v${index}`),
      ...histograms.map(({ column }, index) => `${decimal(`e.${column}`)} as h${index}`),
    ];
    return `select ${columns.join(', ')}\nfrom ${subquery(this.#query)}\nwhere ${condition}`;
  }

  #totals(bucket: string, condition: string): string {
    const { labels, values, histograms } = this.#query;
    const labelColumns = labels.map((_, index) => `l${index}`);
    const columns = [
      `${bucket} as bucket`,
      ...labelColumns,
      'count(*) as n',
      ...values.flatMap((_, index) => [`sum(v${index}) as v${index}`, `count(v${index}) as c${index}`]),
      ...histograms.flatMap(({ kpi }, index) => [
        ...kpi.boundsSeconds.map(
          (bound, at) => `sum(case when h${index} <= ${bound} then 1 else 0 end) as h${index}_${at}`,
        ),
        `count(h${index}) as h${index}_count`,
        `sum(h${index}) as h${index}_sum`,
      ]),
    ];
    const groups = Array.from({ length: labels.length + 1 }, (_, index) => String(index + 1));
    return `select ${columns.join(', ')}\nfrom (${this.#rows(condition)} ${this.#dialect.once}) r\ngroup by ${groups.join(', ')}`;
  }

  #periodFrom(from: number): string {
    return `e.${this.#query.period} >= ${this.#dialect.literal(from, this.#kinds.period)}`;
  }

  #periodBefore(to: number): string {
    return `e.${this.#query.period} < ${this.#dialect.literal(to, this.#kinds.period)}`;
  }
}

function subquery({ sql }: EventQuery): string {
  return `(\n${sql.trim().replace(/;$/, '')}\n) e`;
}
