import type { Queryable } from '../database/index.ts';

interface Visit {
  /** Absent for a guest. */
  customer: string | undefined;
  country: string;
  at: Date;
}

/** Knows a customer from the first order or return on. */
export async function rememberCustomer(
  transaction: Queryable,
  { customer, country, at }: Visit,
): Promise<void> {
  if (customer === undefined) return;
  await transaction.query(
    `insert into warehouse.customers (customer_id, country, first_seen_at) values ($1, $2, $3)
     on conflict (customer_id) do nothing`,
    [customer, country, at],
  );
}
