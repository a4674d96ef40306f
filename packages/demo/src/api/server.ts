import { apiMetrics } from '@evenkeel/exporter/middleware';
import {
  createWebServer,
  type Logger,
  type Readiness,
  type TokenBook,
  type WebServer,
} from '@evenkeel/toolkit';
import express, { type Express } from 'express';
import { mountAdmin } from './admin-routes.ts';
import { mountCatalogue } from './catalogue-routes.ts';
import { addWarehouseMetrics, createRegistry, serveMetrics } from './metrics.ts';
import { mountOrders } from './order-routes.ts';
import { translateErrors } from './problems.ts';
import { mountStock } from './stock-routes.ts';
import type { Warehouse } from './warehouse.ts';

export interface ApiOptions {
  version: string;
  logger: Logger;
  tokens: TokenBook;
  readiness?: () => Readiness;
}

const BASE_PATH = '/api/v1';
const LARGEST_BODY = '512kb';

/** The warehouse's HTTP API with its metrics. */
export function createApi(warehouse: Warehouse, options: ApiOptions): WebServer {
  const registry = createRegistry();
  addWarehouseMetrics(registry, warehouse);
  const { version, logger, readiness } = options;
  return createWebServer({
    name: 'Evenkeel demo warehouse',
    version,
    description: 'A small warehouse that replays real orders.',
    links: [
      { path: `${BASE_PATH}/products`, text: 'catalogue' },
      { path: `${BASE_PATH}/orders?status=open`, text: 'open orders' },
      { path: `${BASE_PATH}/admin/knobs`, text: 'knobs' },
      { path: `${BASE_PATH}/admin/faults`, text: 'faults' },
    ],
    logger,
    ...(readiness === undefined ? {} : { readiness }),
    metrics: serveMetrics(registry),
    mount: (app) => {
      app.use(apiMetrics({ registry }).middleware);
      mountRoutes(app, warehouse, options);
    },
  });
}

function mountRoutes(app: Express, warehouse: Warehouse, options: ApiOptions): void {
  const router = express.Router();
  router.use(express.json({ limit: LARGEST_BODY }));
  mountCatalogue(router, warehouse);
  mountOrders(router, warehouse);
  mountStock(router, warehouse);
  mountAdmin(router, warehouse, options);
  app.use(BASE_PATH, router);
  app.use(translateErrors);
}
