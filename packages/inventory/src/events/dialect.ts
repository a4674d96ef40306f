import type { DialectName } from '../model/dialect-name.ts';
import { DECIMALS } from './event-row.ts';

/** What a change stamp or period is: a time, handled in milliseconds since the epoch, or a number. */
export type StampKind = 'time' | 'number';

/** Where the databases' SQL differs. */
export interface Dialect {
  text: (expression: string) => string;
  /** Decimal text with as many digits as amounts have, so that sums here and there agree to the last one. */
  decimal: (expression: string) => string;
  /** A stamp as a whole number. */
  stamp: (expression: string, kind: StampKind) => string;
  /**
   * Ends a subquery so that its columns are worked out once for each row: PostgreSQL would else put a column's expression
   * wherever the query around it uses the column, for a histogram once for each bucket.
   */
  once: string;
  /** A whole number as a value that an index of the column can be searched for. */
  literal: (stamp: number, kind: StampKind) => string;
  /**
   * One row: `clock` in milliseconds; `oldest`, below which every transaction had ended when the snapshot was taken; and
   * `next`, above every number given to a transaction so far. PostgreSQL's snapshot itself ends at the last transaction
   * that ended, so the open ones above it are looked up among the locks, which show 32 bits of their number. NULL where
   * the server does not say: a standby, MySQL.
   */
  marks: string;
}

const postgres: Dialect = {
  once: 'offset 0',
  text: (expression) => `${expression}::text`,
  decimal: (expression) => `round(${expression}::numeric, ${DECIMALS})`,
  stamp: (expression, kind) =>
    kind === 'time'
      ? `floor(extract(epoch from ${expression}) * 1000)::float8`
      : `floor(${expression}::numeric)::float8`,
  literal: (stamp, kind) => (kind === 'time' ? `to_timestamp(${stamp} / 1000.0)` : String(stamp)),
  marks: `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as clock,
  case when not pg_is_in_recovery() then oldest::text end as oldest,
  case when not pg_is_in_recovery() then (ended + greatest(0, coalesce(1 + (
    select max(mod(transactionid::text::bigint - mod(ended, 4294967296) + 6442450944, 4294967296) - 2147483648)
    from pg_locks where locktype = 'transactionid' and granted), 0)))::text end as next
from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest,
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint as ended) snapshot`,
};

const mysql: Dialect = {
  once: '',
  text: (expression) => `cast(${expression} as char)`,
  decimal: (expression) => `cast(${expression} as decimal(38, ${DECIMALS}))`,
  stamp: (expression, kind) =>
    kind === 'time' ? `floor(unix_timestamp(${expression}) * 1000)` : `floor(${expression})`,
  literal: (stamp, kind) => (kind === 'time' ? `from_unixtime(${stamp} / 1000)` : String(stamp)),
  marks:
    'select floor(unix_timestamp(sysdate(3)) * 1000) as clock, cast(null as char) as oldest, cast(null as char) as next',
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { postgres, mysql };
