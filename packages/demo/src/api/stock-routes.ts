import type { Router } from 'express';
import { adjustStock, listPurchaseOrders, receivePurchaseOrder, takeBack } from '../warehouse/index.ts';
import { parse, parseBody } from './problems.ts';
import {
  adjustmentBody,
  numberParameter,
  occasionBody,
  purchaseOrderQuery,
  returnBody,
} from './request-schemas.ts';
import { leadTimeFactor, occasion, type Warehouse } from './warehouse.ts';

const CREATED = 201;
const KNOWN = 200;

/** What brings goods in: returns, corrections, deliveries; and the business time. */
export function mountStock(router: Router, warehouse: Warehouse): void {
  const { database, businessClock } = warehouse;
  router.post('/returns', async (request, response) => {
    const body = parseBody(returnBody, request);
    await businessClock.advance(body.placedAt);
    const { view, created } = await takeBack(database, body);
    response.status(created ? CREATED : KNOWN).json(view);
  });
  router.post('/stock-adjustments', async (request, response) => {
    const body = parseBody(adjustmentBody, request);
    await businessClock.advance(body.at);
    const { view, created } = await adjustStock(database, body);
    response.status(created ? CREATED : KNOWN).json(view);
  });
  router.get('/purchase-orders', async (request, response) => {
    const { status: filter, limit } = parse(purchaseOrderQuery, request.query);
    const delivery = { at: await businessClock.now(), leadTimeFactor: leadTimeFactor(warehouse) };
    response.json({ purchase_orders: await listPurchaseOrders(database, { ...delivery, filter, limit }) });
  });
  router.post('/purchase-orders/:id/receipts', async (request, response) => {
    const id = parse(numberParameter, request.params.id);
    const at = await occasion(warehouse, parseBody(occasionBody, request).at);
    const delivery = { at, leadTimeFactor: leadTimeFactor(warehouse) };
    response.status(CREATED).json(await receivePurchaseOrder(database, id, delivery));
  });
  router.get('/clock', async (_request, response) => {
    response.json({ now_at: await businessClock.now() });
  });
}
