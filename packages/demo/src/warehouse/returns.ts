import type { Database, Queryable } from '../database/index.ts';
import { type Site, siteOf } from '../schema/index.ts';
import { changeStock, fillBackorders, lockStock, requireKnownSkus, sumBySku } from './allocation.ts';
import { rememberCustomer } from './customers.ts';
import { recordMovements } from './movements.ts';
import { settleStatus } from './order-status.ts';
import type { Charge } from './placing.ts';
import { Refusal } from './refusal.ts';
import { hashRequest } from './request-hash.ts';
import { type CandidateLine, type MatchedLine, matchReturn } from './return-matching.ts';

export interface NewReturn {
  returnId: string;
  customer?: string | undefined;
  country: string;
  placedAt: Date;
  lines: readonly { sku: string; quantity: number; unitPrice: number }[];
  charges: readonly Charge[];
}

export interface ReturnView {
  return_id: string;
  site: Site;
  returned_at: Date;
  restocked_units: number;
  cancelled_units: number;
  lines: { line_number: number; sku: string; quantity: number; restocked: number; order_id: string | null }[];
}

/**
 * Takes goods back, and gives credit to the customer's latest orders of them; what had not left yet is cancelled there.
 *
 * @throws Refusal SKU_UNKNOWN, or ID_TAKEN when the id stands for another return
 */
export async function takeBack(
  database: Database,
  newReturn: NewReturn,
): Promise<{ view: ReturnView; created: boolean }> {
  const requestHash = hashRequest(newReturn);
  const site = siteOf(newReturn.country);
  const created = await database.transaction(async (transaction) => {
    const { customer, country, placedAt: at } = newReturn;
    const skus = newReturn.lines.map(({ sku }) => sku);
    await requireKnownSkus(transaction, skus);
    await rememberCustomer(transaction, { customer, country, at });
    if (!(await insertReturn(transaction, newReturn, requestHash))) return false;
    const candidates = await lockCandidates(transaction, { customer, site, skus });
    const matched = matchReturn(newReturn.lines, candidates);
    await insertReturnLines(transaction, newReturn, matched);
    await creditOrders(transaction, matched, at);
    await restock(transaction, { site, matched, reference: newReturn.returnId, at });
    return true;
  });
  if (!created) await requireSameRequest(database, newReturn.returnId, requestHash);
  return { view: await viewReturn(database, newReturn.returnId), created };
}

async function insertReturn(
  transaction: Queryable,
  newReturn: NewReturn,
  requestHash: string,
): Promise<boolean> {
  const { returnId, customer, country, placedAt, charges } = newReturn;
  const inserted = await transaction.query(
    `insert into warehouse.returns (return_id, customer_id, site, request_hash, returned_at) values ($1, $2, $3, $4, $5)
     on conflict (return_id) do nothing returning return_id`,
    [returnId, customer, siteOf(country), requestHash, placedAt],
  );
  if (inserted.length === 0) return false;
  await transaction.query(
    `insert into warehouse.return_charges (return_id, charge_number, code, quantity, unit_price)
     select $1, charge.number, charge.code, charge.quantity, charge.unit_price
     from unnest($2::text[], $3::integer[], $4::numeric[]) with ordinality as charge (code, quantity, unit_price, number)`,
    [
      returnId,
      charges.map(({ code }) => code),
      charges.map(({ quantity }) => quantity),
      charges.map(({ unitPrice }) => unitPrice),
    ],
  );
  return true;
}

interface Origin {
  customer: string | undefined;
  site: Site;
  skus: readonly string[];
}

// Orders first, then stock: the order in which everybody locks.
async function lockCandidates(
  transaction: Queryable,
  { customer, site, skus }: Origin,
): Promise<CandidateLine[]> {
  if (customer !== undefined) {
    await transaction.query(
      `select from warehouse.orders where customer_id = $1 and site = $2 and exists (
         select from warehouse.order_lines line where line.order_id = orders.order_id and line.sku = any($3::text[]))
       order by order_id for update`,
      [customer, site, skus],
    );
  }
  await lockStock(transaction, site, skus);
  if (customer === undefined) return [];
  return transaction.query<CandidateLine>(
    `select line.order_id, line.line_number, line.sku, line.quantity, line.allocated, line.shipped, line.cancelled, line.returned
     from warehouse.order_lines line join warehouse.orders using (order_id)
     where orders.customer_id = $1 and orders.site = $2 and line.sku = any($3::text[])
     order by orders.placed_at desc, line.order_id desc, line.line_number`,
    [customer, site, skus],
  );
}

async function insertReturnLines(
  transaction: Queryable,
  newReturn: NewReturn,
  matched: readonly MatchedLine[],
): Promise<void> {
  const origins = matched.map(({ credits }) => credits[0]?.candidate);
  await transaction.query(
    `insert into warehouse.return_lines
       (return_id, line_number, sku, quantity, restocked, unit_price, order_id, order_line_number)
     select $1, line.number, line.sku, line.quantity, line.restocked, line.unit_price, line.order_id, line.order_line_number
     from unnest($2::text[], $3::integer[], $4::integer[], $5::numeric[], $6::text[], $7::integer[])
       with ordinality as line (sku, quantity, restocked, unit_price, order_id, order_line_number, number)`,
    [
      newReturn.returnId,
      matched.map(({ sku }) => sku),
      matched.map(({ quantity }) => quantity),
      matched.map(({ restocked }) => restocked),
      newReturn.lines.map(({ unitPrice }) => unitPrice),
      origins.map((origin) => origin?.order_id ?? null),
      origins.map((origin) => origin?.line_number ?? null),
    ],
  );
}

async function creditOrders(
  transaction: Queryable,
  matched: readonly MatchedLine[],
  at: Date,
): Promise<void> {
  const credits = matched.flatMap((line) => line.credits);
  if (credits.length === 0) return;
  // Two returned lines may credit one order line: they are added up first.
  await transaction.query(
    `update warehouse.order_lines line set cancelled = line.cancelled + credit.cancelled,
       allocated = line.allocated - credit.released, returned = line.returned + credit.returned
     from (select order_id, line_number, sum(cancelled)::integer as cancelled, sum(released)::integer as released,
             sum(returned)::integer as returned
           from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[], $5::integer[])
             as part (order_id, line_number, cancelled, released, returned) group by order_id, line_number) credit
     where line.order_id = credit.order_id and line.line_number = credit.line_number`,
    [
      credits.map(({ candidate }) => candidate.order_id),
      credits.map(({ candidate }) => candidate.line_number),
      credits.map(({ cancelled }) => cancelled),
      credits.map(({ released }) => released),
      credits.map(({ returned }) => returned),
    ],
  );
  await settleStatus(transaction, [...new Set(credits.map(({ candidate }) => candidate.order_id))], at);
}

interface Restocking {
  site: Site;
  matched: readonly MatchedLine[];
  reference: string;
  at: Date;
}

async function restock(transaction: Queryable, { site, matched, reference, at }: Restocking): Promise<void> {
  const back = sumBySku(matched.map(({ sku, restocked }) => ({ sku, quantity: restocked })));
  const released = sumBySku(
    matched.flatMap(({ sku, credits }) => credits.map((credit) => ({ sku, quantity: credit.released }))),
  );
  await changeStock(
    transaction,
    site,
    back.map(({ sku, quantity }) => ({ sku, onHand: quantity, allocated: 0 })),
  );
  await changeStock(
    transaction,
    site,
    released.map(({ sku, quantity }) => ({ sku, onHand: 0, allocated: -quantity })),
  );
  await recordMovements(transaction, { site, kind: 'return', reference, at, lines: back });
  await fillBackorders(
    transaction,
    site,
    [...back, ...released].map(({ sku }) => sku),
  );
}

async function viewReturn(database: Database, returnId: string): Promise<ReturnView> {
  const [view] = await database.query<Omit<ReturnView, 'lines'>>(
    `select return_id, site, returned_at, sum(restocked) as restocked_units, sum(quantity - restocked) as cancelled_units
     from warehouse.returns join warehouse.return_lines using (return_id) where return_id = $1 group by return_id`,
    [returnId],
  );
  const lines = await database.query<ReturnView['lines'][number]>(
    `select line_number, sku, quantity, restocked, order_id from warehouse.return_lines where return_id = $1
     order by line_number`,
    [returnId],
  );
  return { ...view!, lines };
}

async function requireSameRequest(database: Database, returnId: string, requestHash: string): Promise<void> {
  const [known] = await database.query<{ request_hash: string }>(
    'select request_hash from warehouse.returns where return_id = $1',
    [returnId],
  );
  if (known?.request_hash === requestHash) return;
  throw new Refusal('ID_TAKEN', `return ${returnId} was taken before with another content`);
}
