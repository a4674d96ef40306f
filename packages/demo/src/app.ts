import type { Clock, Logger, Secret } from '@evenkeel/toolkit';
import type { Warehouse } from './api/index.ts';
import { CarrierClient } from './carrier/index.ts';
import { Catalogue, FIRST_PAGE, readCataloguePage } from './catalogue/index.ts';
import type { Database } from './database/index.ts';
import {
  FaultBoard,
  type FaultMechanism,
  type FaultName,
  growArchive,
  shrinkArchive,
} from './faults/index.ts';
import { defineKnobs, KnobBoard, KnobStore } from './knobs/index.ts';
import { Repricing } from './pricing/index.ts';
import { QuoteDesk } from './quotes/index.ts';
import { loadOpening, migrate } from './schema/index.ts';
import { BusinessClock } from './warehouse/index.ts';

export interface WarehouseOptions {
  database: Database;
  carrierUrl: string;
  /** Sent to the carrier to make it flaky; without it that fault cannot be injected. */
  adminToken: Secret | undefined;
  clock: Clock;
  logger: Logger;
}

/** Puts the warehouse together, every knob wired to what it moves; nothing runs yet. */
export function assembleWarehouse(options: WarehouseOptions): Warehouse {
  const { database, clock, logger } = options;
  const businessClock = new BusinessClock(database);
  const knobs = new KnobBoard(defineKnobs());
  const quotes = new QuoteDesk(database, knobs.value('quote_cache_max_entries'));
  const carrier = new CarrierClient(options.carrierUrl, patienceOf(knobs));
  const repricing = new Repricing({
    database,
    businessClock,
    clock,
    logger,
    batchSize: () => knobs.value('pricing_batch_size'),
    concurrency: () => knobs.value('pricing_concurrency'),
  });
  knobs.onChange('quote_cache_max_entries', (maxEntries) => quotes.bound(maxEntries));
  knobs.onChange('carrier_retry_attempts', () => carrier.setPatience(patienceOf(knobs)));
  knobs.onChange('carrier_breaker_failures', () => carrier.setPatience(patienceOf(knobs)));
  knobs.onChange('database_pool_size', (connections) => database.resize(connections));
  const mechanisms = connectFaults({ ...options, businessClock, carrier, repricing });
  return {
    database,
    businessClock,
    knobs,
    knobStore: new KnobStore(database, knobs),
    faults: new FaultBoard({ database, logger, mechanisms }),
    catalogue: new Catalogue({
      database,
      businessClock,
      clock,
      ttlSeconds: () => knobs.value('catalogue_cache_ttl_seconds'),
    }),
    quotes,
    carrier,
    repricing,
  };
}

/** Brings the database up to date, fills it when it is empty, and puts stored knobs and faults in force. */
export async function prepareWarehouse(
  { database, knobStore, faults }: Warehouse,
  logger: Logger,
): Promise<void> {
  await migrate(database, logger);
  await loadOpening(database, logger);
  await knobStore.load();
  await faults.load();
}

interface FaultTargets extends WarehouseOptions {
  businessClock: BusinessClock;
  carrier: CarrierClient;
  repricing: Repricing;
}

function connectFaults(targets: FaultTargets): Partial<Record<FaultName, FaultMechanism>> {
  const { database, businessClock, clock, carrier, repricing, adminToken } = targets;
  const readPage = async () => readCataloguePage(database, FIRST_PAGE, await businessClock.now());
  const setFlaky = (active: boolean) => {
    if (adminToken === undefined)
      return Promise.reject(new Error('there is no admin token to show to the carrier'));
    return carrier.setFlaky(active, adminToken);
  };
  return {
    'slow-query': {
      inject: () => growArchive({ database, clock, readPage }),
      clear: () => shrinkArchive(database),
    },
    'repricing-storm': { inject: () => repricing.beginStorm(), clear: () => repricing.endStorm() },
    'flaky-carrier': { inject: () => setFlaky(true), clear: () => setFlaky(false) },
  };
}

function patienceOf(knobs: KnobBoard) {
  return {
    retryAttempts: knobs.value('carrier_retry_attempts'),
    breakerFailures: knobs.value('carrier_breaker_failures'),
  };
}
