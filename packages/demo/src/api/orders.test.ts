import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type OrderEvent, readInvoices, toEvents } from '../dataset/index.ts';
import { smallOpening, startTestbed, type Testbed } from '../testing/testbed.ts';

const EVERY_NTH_ORDER = 20;
const SAMPLED_ORDERS = 100;

interface Sampled {
  order: OrderEvent;
  /** Of all its rows in the file, in ten-thousandths of a pound: whole numbers add up exactly. */
  total: bigint;
}

async function sampleOrders(): Promise<Sampled[]> {
  const sampled: Sampled[] = [];
  let count = 0;
  for await (const invoice of readInvoices()) {
    const events = toEvents(invoice);
    const order = events.find((event) => event.kind === 'order');
    if (order === undefined || events.length > 1 || (count += 1) % EVERY_NTH_ORDER !== 0) continue;
    const total = invoice.rows.reduce(
      (sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(Math.round(unitPrice * 10_000)),
      0n,
    );
    sampled.push({ order, total });
    if (sampled.length === SAMPLED_ORDERS) break;
  }
  return sampled;
}

describe('POST /orders', () => {
  let testbed: Testbed;
  let sample: Sampled[];

  beforeAll(async () => {
    sample = await sampleOrders();
    const skus = sample.flatMap(({ order }) => order.lines.map(({ sku }) => sku));
    testbed = await startTestbed(
      smallOpening({ ...Object.fromEntries(skus.map((sku) => [sku, 5])), '85123A': 100, '71053': 3 }),
    );
  });

  afterAll(() => testbed.close());

  const order = {
    order_id: '536365',
    customer: '17850',
    country: 'United Kingdom',
    placed_at: '2010-12-01T08:26:00Z',
    lines: [
      { sku: '85123a', quantity: 6, unit_price: 2.55 },
      { sku: '71053', quantity: 6, unit_price: 3.39 },
    ],
    charges: [{ code: 'POST', quantity: 1, unit_price: 18 }],
  };
  const place = (body: object) => request(testbed.app).post('/api/v1/orders').send(body);
  const countOrders = async () =>
    (await testbed.database.query<{ count: number }>('select count(*) from warehouse.orders'))[0]!.count;

  it('places an order, once', async () => {
    const { body } = await place(order).expect(201);
    expect(body).toMatchObject({
      order_id: '536365',
      site: 'leicester',
      status: 'placed',
      promised_at: '2010-12-03T08:26:00.000Z',
      total: '53.6400',
    });
    expect(body.lines).toMatchObject([
      { sku: '85123A', allocated: 6, backordered: 0 },
      { sku: '71053', allocated: 3, backordered: 3 },
    ]);
    const again = await place(order).expect(200);
    expect(again.body).toEqual(body);
    expect(await countOrders()).toBe(1);
  });

  it('places it once when it is sent many times at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => place({ ...order, order_id: 'many' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    const stock = await request(testbed.app).get('/api/v1/stock?sku=85123A&site=leicester');
    expect(stock.body.stock[0].allocated).toBe(12);
  });

  it('refuses another order under a known id', async () => {
    const { body } = await place({ ...order, customer: '17851' }).expect(409);
    expect(body.code).toBe('ID_TAKEN');
  });

  it.each<[string, object, string]>([
    ['no lines', { lines: [] }, 'lines'],
    ['a negative quantity', { lines: [{ sku: 'A', quantity: -1, unit_price: 1 }] }, 'lines.0.quantity'],
    ['half a unit', { lines: [{ sku: 'A', quantity: 0.5, unit_price: 1 }] }, 'lines.0.quantity'],
    ['a negative price', { lines: [{ sku: 'A', quantity: 1, unit_price: -1 }] }, 'lines.0.unit_price'],
    ['a price as text', { lines: [{ sku: 'A', quantity: 1, unit_price: '1' }] }, 'lines.0.unit_price'],
    ['a local time', { placed_at: '2010-12-01 08:26' }, 'placed_at'],
    ['an unknown member', { colour: 'red' }, 'colour'],
    ['an id with a path in it', { order_id: '../admin' }, 'order_id'],
  ])('refuses %s and names the place', async (_name, change, place_) => {
    const before = await countOrders();
    const { body } = await place({ ...order, order_id: 'bad', ...change }).expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    expect(JSON.stringify(body.errors)).toContain(place_);
    expect(await countOrders()).toBe(before);
  });

  it('names every SKU that it does not know, and writes nothing', async () => {
    const lines = ['NOPE1', '85123A', 'NOPE2'].map((sku) => ({ sku, quantity: 1, unit_price: 1 }));
    const { body } = await place({ ...order, order_id: 'bad', customer: 'new', lines }).expect(422);
    expect(body).toMatchObject({ code: 'SKU_UNKNOWN', skus: ['NOPE1', 'NOPE2'] });
    expect(await testbed.database.query(`select from warehouse.customers where customer_id = 'new'`)).toEqual(
      [],
    );
  });

  it('refuses a time that would stop the clock for good', async () => {
    const { body } = await place({ ...order, order_id: 'bad', placed_at: '2201-12-01T08:26:00Z' }).expect(
      422,
    );
    expect(body.code).toBe('TIME_OUT_OF_RANGE');
  });

  it('refuses what is no JSON, what is not said to be JSON, and what is too large', async () => {
    const post = () => request(testbed.app).post('/api/v1/orders');
    await post().type('json').send('{"order_id": ').expect(400);
    await post().type('text').send('order 536365').expect(415);
    await post()
      .send({ ...order, country: 'x'.repeat(600_000) })
      .expect(413)
      .expect('content-type', /problem\+json/);
  });

  it('keeps the total of every sampled invoice of the file to the penny, goods and charges', async () => {
    for (const { order: event } of sample) {
      await place({
        order_id: event.id,
        ...(event.customer === undefined ? {} : { customer: event.customer }),
        country: event.country,
        placed_at: '2010-12-01T08:26:00Z',
        lines: event.lines.map((line) => ({
          sku: line.sku,
          quantity: line.quantity,
          unit_price: line.unitPrice,
        })),
        charges: event.charges.map((charge) => ({
          code: charge.code,
          quantity: charge.quantity,
          unit_price: charge.unitPrice,
        })),
      }).expect(201);
    }
    const rows = await testbed.database.query<{ order_id: string; total: string }>(
      `select order_id, (sum(quantity * unit_price) * 10000)::bigint::text as total from (
         select order_id, quantity, unit_price from warehouse.order_lines
         union all select order_id, quantity, unit_price from warehouse.order_charges) item group by order_id`,
    );
    const totals = new Map(rows.map(({ order_id, total }) => [order_id, BigInt(total)]));
    expect(sample).toHaveLength(SAMPLED_ORDERS);
    expect(sample.map(({ order: { id } }) => [id, totals.get(id)])).toEqual(
      sample.map(({ order: { id }, total }) => [id, total]),
    );
  });
});
