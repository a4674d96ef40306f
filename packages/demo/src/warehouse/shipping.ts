import type { Database, Queryable } from '../database/index.ts';
import { changeStock, lockStock, sumBySku } from './allocation.ts';
import { recordMovements } from './movements.ts';
import { type LockedOrder, lockOpenOrder, settleStatus } from './order-status.ts';
import { Refusal } from './refusal.ts';

/** A parcel, as a carrier wants to know it. The same reference always stands for the same parcel. */
export interface Parcel {
  reference: string;
  site: string;
  country: string;
  units: number;
}

export interface Booking {
  carrier: string;
  tracking: string;
}

/** Books a parcel with a carrier; booking the same parcel again gives the same label. */
export type BookParcel = (parcel: Parcel) => Promise<Booking>;

export interface Shipment extends Booking {
  shipment_id: number;
  order_id: string;
  parcel_number: number;
  shipped_at: Date;
  lines: PickedLine[];
  order_status: string;
  promised_at: Date;
  /** Lines that are allocated and wait for the next parcel. */
  lines_to_pick: number;
  /** The share of the order's units that could be filled when it was placed, 0..1. */
  first_pass_fill: number;
}

interface PickedLine {
  line_number: number;
  sku: string;
  quantity: number;
}

export interface ShipOptions {
  orderId: string;
  at: Date;
  book: BookParcel;
}

const LARGEST_PARCEL_LINES = 10;

/**
 * Picks one parcel of what is allocated to an order, books the carrier, and takes the goods out of stock.
 *
 * The carrier is booked before stock is locked, so that a slow carrier holds up this order only; when it fails, nothing
 * has changed.
 *
 * @throws Refusal ORDER_UNKNOWN, ORDER_CLOSED or NOTHING_TO_PICK; whatever `book` throws
 */
export async function shipParcel(database: Database, { orderId, at, book }: ShipOptions): Promise<Shipment> {
  return database.transaction(async (transaction) => {
    const order = await lockOpenOrder(transaction, orderId);
    const lines = await pickLines(transaction, orderId);
    const parcelNumber = await nextParcelNumber(transaction, orderId);
    const booking = await book(describeParcel(order, lines, parcelNumber));
    const parcel: PackedParcel = { order, lines, parcelNumber, booking, at };
    const shipmentId = await insertShipment(transaction, parcel);
    await takeFromStock(transaction, parcel, shipmentId);
    await settleStatus(transaction, [orderId], at);
    const state = await readState(transaction, orderId);
    return {
      shipment_id: shipmentId,
      order_id: orderId,
      parcel_number: parcelNumber,
      shipped_at: at,
      ...booking,
      lines,
      ...state,
    };
  });
}

interface PackedParcel {
  order: LockedOrder;
  lines: PickedLine[];
  parcelNumber: number;
  booking: Booking;
  at: Date;
}

async function pickLines(transaction: Queryable, orderId: string): Promise<PickedLine[]> {
  const lines = await transaction.query<PickedLine>(
    `select line_number, sku, allocated as quantity from warehouse.order_lines
     where order_id = $1 and allocated > 0 order by line_number limit $2`,
    [orderId, LARGEST_PARCEL_LINES],
  );
  if (lines.length > 0) return lines;
  throw new Refusal('NOTHING_TO_PICK', `all that is left of order ${orderId} is backordered`);
}

async function nextParcelNumber(transaction: Queryable, orderId: string): Promise<number> {
  const [row] = await transaction.query<{ number: number }>(
    'select count(*) + 1 as number from warehouse.shipments where order_id = $1',
    [orderId],
  );
  return row!.number;
}

function describeParcel(order: LockedOrder, lines: readonly PickedLine[], parcelNumber: number): Parcel {
  const { order_id, site, country } = order;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return { reference: `${order_id}-${parcelNumber}`, site, country, units };
}

async function insertShipment(transaction: Queryable, parcel: PackedParcel): Promise<number> {
  const { order, lines, parcelNumber, booking, at } = parcel;
  const [row] = await transaction.query<{ shipment_id: number }>(
    `insert into warehouse.shipments (order_id, parcel_number, site, carrier, tracking, shipped_at)
     values ($1, $2, $3, $4, $5, $6) returning shipment_id`,
    [order.order_id, parcelNumber, order.site, booking.carrier, booking.tracking, at],
  );
  await transaction.query(
    `insert into warehouse.shipment_lines (shipment_id, order_id, line_number, sku, quantity)
     select $1, $2, line_number, sku, quantity
     from unnest($3::integer[], $4::text[], $5::integer[]) as line (line_number, sku, quantity)`,
    [
      row!.shipment_id,
      order.order_id,
      lines.map((line) => line.line_number),
      lines.map((line) => line.sku),
      lines.map((line) => line.quantity),
    ],
  );
  return row!.shipment_id;
}

async function takeFromStock(
  transaction: Queryable,
  { order, lines, at }: PackedParcel,
  shipmentId: number,
): Promise<void> {
  const { order_id, site } = order;
  const sums = sumBySku(lines);
  await lockStock(
    transaction,
    site,
    sums.map(({ sku }) => sku),
  );
  await changeStock(
    transaction,
    site,
    sums.map(({ sku, quantity }) => ({ sku, onHand: -quantity, allocated: -quantity })),
  );
  await transaction.query(
    `update warehouse.order_lines line set allocated = allocated - picked.quantity, shipped = shipped + picked.quantity
     from unnest($2::integer[], $3::integer[]) as picked (line_number, quantity)
     where line.order_id = $1 and line.line_number = picked.line_number`,
    [order_id, lines.map((line) => line.line_number), lines.map((line) => line.quantity)],
  );
  const picked = lines.map(({ sku, quantity }) => ({ sku, quantity: -quantity }));
  await recordMovements(transaction, {
    site,
    kind: 'pick',
    reference: String(shipmentId),
    at,
    lines: picked,
  });
}

type OrderState = Pick<Shipment, 'order_status' | 'promised_at' | 'lines_to_pick' | 'first_pass_fill'>;

async function readState(transaction: Queryable, orderId: string): Promise<OrderState> {
  const [state] = await transaction.query<OrderState>(
    `select orders.status as order_status, orders.promised_at,
       count(*) filter (where line.allocated > 0) as lines_to_pick,
       (sum(line.filled_first_pass)::double precision / sum(line.quantity)) as first_pass_fill
     from warehouse.orders join warehouse.order_lines line using (order_id) where order_id = $1 group by order_id`,
    [orderId],
  );
  return state!;
}
