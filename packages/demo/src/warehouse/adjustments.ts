import type { Database, Queryable } from '../database/index.ts';
import type { Site } from '../schema/index.ts';
import { changeStock, fillBackorders, lockStock, requireKnownSkus, sumBySku } from './allocation.ts';
import { recordMovements } from './movements.ts';
import { Refusal } from './refusal.ts';
import { hashRequest } from './request-hash.ts';

export interface NewAdjustment {
  adjustmentId: string;
  site: Site;
  at: Date;
  /** Found stock is positive, lost or broken stock negative. */
  lines: readonly { sku: string; quantity: number }[];
}

export interface AdjustmentView {
  adjustment_id: string;
  site: Site;
  adjusted_at: Date;
  lines: { line_number: number; sku: string; requested: number; applied: number }[];
}

/**
 * Corrects stock. What is allocated to orders, or is not there, cannot be written off: `applied` is then less.
 *
 * @throws Refusal SKU_UNKNOWN, or ID_TAKEN when the id stands for another adjustment
 */
export async function adjustStock(
  database: Database,
  adjustment: NewAdjustment,
): Promise<{ view: AdjustmentView; created: boolean }> {
  const requestHash = hashRequest(adjustment);
  const created = await database.transaction(async (transaction) => {
    const skus = adjustment.lines.map(({ sku }) => sku);
    await requireKnownSkus(transaction, skus);
    if (!(await insertAdjustment(transaction, adjustment, requestHash))) return false;
    const free = await lockStock(transaction, adjustment.site, skus);
    const applied = applyInOrder(adjustment.lines, free);
    await insertLines(transaction, adjustment, applied);
    await moveStock(transaction, adjustment, applied);
    return true;
  });
  if (!created) await requireSameRequest(database, adjustment.adjustmentId, requestHash);
  return { view: await viewAdjustment(database, adjustment.adjustmentId), created };
}

/** How much of each correction can be made when stock may not fall below what is free; `free` is kept up to date. */
export function applyInOrder(
  lines: readonly { sku: string; quantity: number }[],
  free: Map<string, number>,
): number[] {
  return lines.map(({ sku, quantity }) => {
    const left = free.get(sku) ?? 0;
    const applied = Math.max(quantity, -left) + 0;
    free.set(sku, left + applied);
    return applied;
  });
}

async function insertAdjustment(
  transaction: Queryable,
  adjustment: NewAdjustment,
  requestHash: string,
): Promise<boolean> {
  const inserted = await transaction.query(
    `insert into warehouse.stock_adjustments (adjustment_id, site, request_hash, adjusted_at) values ($1, $2, $3, $4)
     on conflict (adjustment_id) do nothing returning adjustment_id`,
    [adjustment.adjustmentId, adjustment.site, requestHash, adjustment.at],
  );
  return inserted.length === 1;
}

async function insertLines(
  transaction: Queryable,
  adjustment: NewAdjustment,
  applied: readonly number[],
): Promise<void> {
  await transaction.query(
    `insert into warehouse.stock_adjustment_lines (adjustment_id, line_number, sku, requested, applied)
     select $1, line.number, line.sku, line.requested, line.applied
     from unnest($2::text[], $3::integer[], $4::integer[]) with ordinality as line (sku, requested, applied, number)`,
    [
      adjustment.adjustmentId,
      adjustment.lines.map(({ sku }) => sku),
      adjustment.lines.map(({ quantity }) => quantity),
      applied,
    ],
  );
}

async function moveStock(
  transaction: Queryable,
  adjustment: NewAdjustment,
  applied: readonly number[],
): Promise<void> {
  const { adjustmentId: reference, site, at, lines } = adjustment;
  const moved = sumBySku(lines.map(({ sku }, index) => ({ sku, quantity: applied[index]! })));
  await changeStock(
    transaction,
    site,
    moved.map(({ sku, quantity }) => ({ sku, onHand: quantity, allocated: 0 })),
  );
  await recordMovements(transaction, { site, kind: 'adjustment', reference, at, lines: moved });
  await fillBackorders(
    transaction,
    site,
    moved.map(({ sku }) => sku),
  );
}

async function viewAdjustment(database: Database, adjustmentId: string): Promise<AdjustmentView> {
  const [view] = await database.query<Omit<AdjustmentView, 'lines'>>(
    'select adjustment_id, site, adjusted_at from warehouse.stock_adjustments where adjustment_id = $1',
    [adjustmentId],
  );
  const lines = await database.query<AdjustmentView['lines'][number]>(
    `select line_number, sku, requested, applied from warehouse.stock_adjustment_lines where adjustment_id = $1
     order by line_number`,
    [adjustmentId],
  );
  return { ...view!, lines };
}

async function requireSameRequest(
  database: Database,
  adjustmentId: string,
  requestHash: string,
): Promise<void> {
  const [known] = await database.query<{ request_hash: string }>(
    'select request_hash from warehouse.stock_adjustments where adjustment_id = $1',
    [adjustmentId],
  );
  if (known?.request_hash === requestHash) return;
  throw new Refusal('ID_TAKEN', `adjustment ${adjustmentId} was made before with another content`);
}
