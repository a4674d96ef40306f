import type { Queryable } from '../database/index.ts';
import type { Site } from '../schema/index.ts';
import type { Wanted } from './allocation.ts';

interface Movement {
  site: Site;
  kind: 'receipt' | 'pick' | 'return' | 'adjustment';
  /** The shipment, receipt, return or adjustment. */
  reference: string;
  at: Date;
  /** Signed: what is picked is negative. */
  lines: readonly Wanted[];
}

/** Writes the ledger's lines of one occasion. */
export async function recordMovements(transaction: Queryable, movement: Movement): Promise<void> {
  const { site, kind, reference, at, lines } = movement;
  if (lines.length === 0) return;
  await transaction.query(
    `insert into warehouse.stock_movements (site, sku, kind, quantity, reference, moved_at)
     select $1, sku, $2, quantity, $3, $4 from unnest($5::text[], $6::integer[]) as line (sku, quantity)`,
    [site, kind, reference, at, lines.map(({ sku }) => sku), lines.map(({ quantity }) => quantity)],
  );
}
