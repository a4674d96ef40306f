import type { Router } from 'express';
import {
  cancelOrder,
  listOrders,
  placeOrder,
  rateOrder,
  Refusal,
  shipParcel,
  viewOrder,
} from '../warehouse/index.ts';
import { parse, parseBody } from './problems.ts';
import { idParameter, occasionBody, orderBody, orderQuery, ratingBody } from './request-schemas.ts';
import { occasion, type Warehouse } from './warehouse.ts';

const CREATED = 201;
const KNOWN = 200;

/** Orders: placed, cancelled, shipped, rated. */
export function mountOrders(router: Router, warehouse: Warehouse): void {
  const { database, repricing, carrier } = warehouse;
  router.post('/orders', async (request, response) => {
    const body = parseBody(orderBody, request);
    await warehouse.businessClock.advance(body.placedAt);
    const { order, created } = await placeOrder(database, body);
    if (created)
      repricing.markSold(
        body.lines.map(({ sku }) => sku),
        body.placedAt,
      );
    response.status(created ? CREATED : KNOWN).json(order);
  });
  router.get('/orders', async (request, response) => {
    const { status, limit } = parse(orderQuery, request.query);
    response.json({ orders: await listOrders(database, { filter: status, limit }) });
  });
  router.get('/orders/:id', async (request, response) => {
    const orderId = parse(idParameter, request.params.id);
    const order = await viewOrder(database, orderId);
    if (order === undefined) throw new Refusal('ORDER_UNKNOWN', `there is no order ${orderId}`);
    response.json(order);
  });
  router.post('/orders/:id/cancellation', async (request, response) => {
    const orderId = parse(idParameter, request.params.id);
    const at = await occasion(warehouse, parseBody(occasionBody, request).at);
    response.json(await cancelOrder(database, orderId, at));
  });
  router.post('/orders/:id/shipments', async (request, response) => {
    const orderId = parse(idParameter, request.params.id);
    const at = await occasion(warehouse, parseBody(occasionBody, request).at);
    const shipment = await shipParcel(database, { orderId, at, book: (parcel) => carrier.book(parcel) });
    response.status(CREATED).json(shipment);
  });
  router.post('/orders/:id/rating', async (request, response) => {
    const orderId = parse(idParameter, request.params.id);
    const body = parseBody(ratingBody, request);
    const at = await occasion(warehouse, body.at);
    const { created } = await rateOrder(database, { orderId, stars: body.stars, at });
    response.status(created ? CREATED : KNOWN).json({ order_id: orderId, stars: body.stars });
  });
}
