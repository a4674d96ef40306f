import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ADMIN_TOKEN, smallOpening, startTestbed, type Testbed } from '../testing/testbed.ts';
import { reviewStock } from '../warehouse/index.ts';

const NOON = '2010-12-01T12:00:00Z';

describe('fulfilment', () => {
  let testbed: Testbed;

  beforeAll(async () => {
    testbed = await startTestbed(smallOpening({ A: 10, B: 100, C: 8, D: 50, E: 6, F: 30, G: 30, H: 10 }));
  });

  afterAll(() => testbed.close());

  beforeEach(() => {
    testbed.carrierLuck.next = 1;
  });

  const api = () => request(testbed.app);

  async function order(orderId: string, lines: [string, number][], customer = 'X1') {
    const { body } = await api()
      .post('/api/v1/orders')
      .send({
        order_id: orderId,
        customer,
        country: 'United Kingdom',
        placed_at: NOON,
        lines: lines.map(([sku, quantity]) => ({ sku, quantity, unit_price: 2 })),
      })
      .expect(201);
    return body;
  }

  async function stockOf(sku: string): Promise<{ on_hand: number; allocated: number }> {
    const { body } = await api().get(`/api/v1/stock?sku=${sku}&site=leicester`).expect(200);
    const { on_hand, allocated } = body.stock[0];
    return { on_hand, allocated };
  }

  it('allocates what is there, ships it, backorders the rest, and fills that from the next receipt', async () => {
    const placed = await order('F1', [
      ['A', 6],
      ['A', 8],
      ['B', 3],
    ]);
    expect(placed.lines.map((line: { filled_first_pass: number }) => line.filled_first_pass)).toEqual([
      6, 4, 3,
    ]);
    expect(await stockOf('A')).toEqual({ on_hand: 10, allocated: 10 });

    const { body: parcel } = await api().post('/api/v1/orders/F1/shipments').send({ at: NOON }).expect(201);
    expect(parcel).toMatchObject({ parcel_number: 1, order_status: 'part_shipped', lines_to_pick: 0 });
    expect(parcel.tracking).toMatch(/^SP[0-9A-F]{16}GB$/);
    expect(await stockOf('A')).toEqual({ on_hand: 0, allocated: 0 });
    const { body: refused } = await api().post('/api/v1/orders/F1/shipments').expect(409);
    expect(refused.code).toBe('NOTHING_TO_PICK');

    await reviewStock(testbed.database, { at: new Date(NOON), reorderPointMultiplier: 1 });
    const { body: open } = await api().get('/api/v1/purchase-orders').expect(200);
    const purchase = open.purchase_orders.find((candidate: { lines: { sku: string }[] }) =>
      candidate.lines.some(({ sku }) => sku === 'A'),
    );
    expect(purchase.lines.find(({ sku }: { sku: string }) => sku === 'A').quantity).toBe(29);
    const receipts = `/api/v1/purchase-orders/${purchase.purchase_order_id}/receipts`;
    expect((await api().post(receipts).send({ at: NOON }).expect(409)).body.code).toBe('NOT_DUE');
    const later = '2010-12-10T12:00:00Z';
    const { body: receipt } = await api().post(receipts).send({ at: later }).expect(201);
    expect(receipt.backordered_units_filled).toBe(4);
    expect(await stockOf('A')).toEqual({ on_hand: 29, allocated: 4 });
    expect((await api().post(receipts).expect(409)).body.code).toBe('ALREADY_RECEIVED');

    const { body: last } = await api().post('/api/v1/orders/F1/shipments').send({ at: later }).expect(201);
    expect(last.order_status).toBe('shipped');
    await api().post('/api/v1/orders/F1/rating').send({ stars: 3 }).expect(201);
    await api().post('/api/v1/orders/F1/rating').send({ stars: 3 }).expect(200);
    expect((await api().post('/api/v1/orders/F1/rating').send({ stars: 5 }).expect(409)).body.code).toBe(
      'ALREADY_RATED',
    );
  });

  it('changes nothing when the carrier fails, and ships with the same label when it is tried again', async () => {
    await order('F2', [['C', 5]]);
    await flaky(true);
    testbed.carrierLuck.next = 0.4;
    const { body } = await api().post('/api/v1/orders/F2/shipments').send({ at: NOON }).expect(502);
    expect(body.code).toBe('CARRIER_FAILED');
    testbed.carrierLuck.next = 0.01;
    await api().post('/api/v1/orders/F2/shipments').send({ at: NOON }).expect(502);
    expect(await stockOf('C')).toEqual({ on_hand: 8, allocated: 5 });
    expect(await testbed.database.query(`select from warehouse.shipments where order_id = 'F2'`)).toEqual([]);
    await flaky(false);
    await api().post('/api/v1/orders/F2/shipments').send({ at: NOON }).expect(201);
    expect(await stockOf('C')).toEqual({ on_hand: 3, allocated: 0 });
  });

  it('gives the stock of a cancelled order to the oldest backorder', async () => {
    await order('F3', [['D', 50]]);
    await order('F4', [['D', 20]]);
    const { body: cancelled } = await api().post('/api/v1/orders/F3/cancellation').expect(200);
    expect(cancelled.status).toBe('cancelled');
    const { body: next } = await api().get('/api/v1/orders/F4').expect(200);
    expect(next.lines[0]).toMatchObject({ allocated: 20, filled_first_pass: 0 });
    expect(await stockOf('D')).toEqual({ on_hand: 50, allocated: 20 });
    expect((await api().post('/api/v1/orders/F3/cancellation').expect(409)).body.code).toBe('ORDER_CLOSED');
    await api().post('/api/v1/orders/F9/cancellation').expect(404);
  });

  it('takes back what had left into stock, and cancels what had not', async () => {
    await order('F5', [['E', 8]], 'X2');
    await api().post('/api/v1/orders/F5/shipments').send({ at: NOON }).expect(201);
    const back = {
      return_id: 'C5',
      customer: 'X2',
      country: 'United Kingdom',
      placed_at: NOON,
      lines: [{ sku: 'E', quantity: 5, unit_price: 2 }],
    };
    const { body } = await api().post('/api/v1/returns').send(back).expect(201);
    expect(body).toMatchObject({ restocked_units: 3, cancelled_units: 2 });
    expect(await stockOf('E')).toEqual({ on_hand: 3, allocated: 0 });
    await api().post('/api/v1/returns').send(back).expect(200);
    expect(await stockOf('E')).toEqual({ on_hand: 3, allocated: 0 });
    expect((await api().get('/api/v1/orders/F5')).body.status).toBe('shipped');
  });

  it('writes off no more than is free', async () => {
    await order('F6', [['F', 25]]);
    const adjustment = { adjustment_id: 'A6', at: NOON, lines: [{ sku: 'F', quantity: -12 }] };
    const { body } = await api().post('/api/v1/stock-adjustments').send(adjustment).expect(201);
    expect(body.lines[0]).toMatchObject({ requested: -12, applied: -5 });
    expect(await stockOf('F')).toEqual({ on_hand: 25, allocated: 25 });
  });

  it('takes over the planned reorder levels with the first review of their period', async () => {
    await testbed.database.query(
      `insert into warehouse.stock_plan (period, site, sku, reorder_point, reorder_quantity)
       values (0, 'leicester', 'H', 5, 20), (1, 'leicester', 'H', 40, 60)`,
    );
    const levelsAt = async (at: string) => {
      await reviewStock(testbed.database, { at: new Date(at), reorderPointMultiplier: 1 });
      const { body } = await api().get('/api/v1/stock?sku=H').expect(200);
      const { reorder_point, reorder_quantity } = body.stock[0];
      return { reorder_point, reorder_quantity };
    };
    expect(await levelsAt('2010-12-28T12:00:00Z')).toEqual({ reorder_point: 5, reorder_quantity: 20 });
    expect(await levelsAt('2010-12-29T06:00:00Z')).toEqual({ reorder_point: 40, reorder_quantity: 60 });
  });

  it('lets a late supplier deliver after three times the lead time', async () => {
    await order('F7', [['G', 30]]);
    const at = new Date('2010-12-11T00:00:00Z');
    await reviewStock(testbed.database, { at, reorderPointMultiplier: 1 });
    const dueIn = async (days: number): Promise<number[]> => {
      const later = new Date(at.getTime() + days * 86_400_000);
      await testbed.database.query('update warehouse.business_clock set now_at = $1', [later]);
      const { body } = await api().get('/api/v1/purchase-orders?status=due').expect(200);
      return body.purchase_orders.map((due: { purchase_order_id: number }) => due.purchase_order_id);
    };
    expect(await dueIn(5)).toHaveLength(1);
    await setFault('late-supplier', true);
    expect(await dueIn(5)).toEqual([]);
    const [id] = await dueIn(13);
    await api().post(`/api/v1/purchase-orders/${id}/receipts`).expect(201);
    await setFault('late-supplier', false);
    // What the exporter's lead time is made of.
    const [received] = await testbed.database.query<{ days: number }>(
      `select extract(day from received_at - ordered_at)::integer as days from warehouse.purchase_orders
       where purchase_order_id = $1`,
      [id],
    );
    expect(received).toEqual({ days: 13 });
  });

  it('keeps a ledger that adds up to the stock', async () => {
    const wrong = await testbed.database.query(
      `select stock.sku from warehouse.stock left join warehouse.stock_movements movement using (site, sku)
       group by stock.site, stock.sku having stock.on_hand <> coalesce(sum(movement.quantity), 0)`,
    );
    expect(wrong).toEqual([]);
  });

  async function setFault(name: string, active: boolean): Promise<void> {
    await api()
      .put(`/api/v1/admin/faults/${name}`)
      .set('authorization', `Bearer ${ADMIN_TOKEN}`)
      .send({ active })
      .expect(200);
  }

  const flaky = (active: boolean) => setFault('flaky-carrier', active);
});
