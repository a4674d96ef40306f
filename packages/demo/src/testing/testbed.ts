import { newDatabase } from '@evenkeel/toolkit/testing';
import { Secret, silentLogger, systemClock, TokenBook } from '@evenkeel/toolkit';
import type { Express } from 'express';
import { createApi, type Warehouse } from '../api/index.ts';
import { assembleWarehouse, prepareWarehouse } from '../app.ts';
import { createCarrier } from '../carrier/index.ts';
import { Database } from '../database/index.ts';
import { insertOpening, migrate, type Opening } from '../schema/index.ts';

/** A whole warehouse for an integration test: PostgreSQL, carrier and API, in this process where possible. */
export interface Testbed {
  app: Express;
  warehouse: Warehouse;
  database: Database;
  /** What the carrier draws next: below 0.5 a flaky carrier fails. */
  carrierLuck: { next: number };
  /** Another process of the same warehouse, as after a restart. */
  restart(): Promise<{ app: Express; warehouse: Warehouse }>;
  close(): Promise<void>;
}

export const ADMIN_TOKEN = 'test-admin-token';

/** Starts a warehouse with the given opening. */
export async function startTestbed(opening: Opening): Promise<Testbed> {
  const logger = silentLogger();
  const tokens = new TokenBook([{ name: 'admin', role: 'admin', token: new Secret(ADMIN_TOKEN) }]);
  const postgres = await newDatabase();
  const carrierLuck = { next: 1 };
  const carrier = createCarrier({ version: '0', logger, tokens, random: () => carrierLuck.next });
  const [address] = await carrier.listen([{ host: '127.0.0.1', port: 0 }]);
  const databases: Database[] = [];
  const open = async () => {
    const database = new Database({ url: postgres.url, maxConnections: 10, logger });
    databases.push(database);
    await migrate(database, logger);
    const [loaded] = await database.query('select from warehouse.business_clock');
    if (loaded === undefined)
      await database.transaction((transaction) => insertOpening(transaction, opening));
    const warehouse = assembleWarehouse({
      database,
      carrierUrl: `http://127.0.0.1:${address!.port}`,
      adminToken: new Secret(ADMIN_TOKEN),
      clock: systemClock,
      logger,
    });
    await prepareWarehouse(warehouse, logger);
    const { app } = createApi(warehouse, { version: '0', logger, tokens });
    return { app, warehouse, database };
  };
  const first = await open();
  const close = async () => {
    await Promise.all(databases.map((database) => database.close()));
    await carrier.close();
    await postgres.stop();
  };
  return { ...first, carrierLuck, restart: open, close };
}

/** A small opening: SKUs with what is on hand in Leicester; all cost 1.00 and sell at 2.00. */
export function smallOpening(onHand: Readonly<Record<string, number>>): Opening {
  const skus = Object.keys(onHand);
  return {
    at: Date.parse('2010-12-01T00:00:00Z'),
    products: skus.map((sku) => ({
      sku,
      description: `ARTICLE ${sku}`,
      category: 'Garden',
      supplierId: 1,
      unitCost: 1,
      listPrice: 2,
    })),
    stock: skus.map((sku) => ({
      site: 'leicester',
      sku,
      onHand: onHand[sku]!,
      reorderPoint: 5,
      reorderQuantity: 20,
    })),
    plan: [],
  };
}
