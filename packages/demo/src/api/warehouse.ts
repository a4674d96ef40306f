import type { Catalogue } from '../catalogue/index.ts';
import type { CarrierClient } from '../carrier/index.ts';
import type { Database } from '../database/index.ts';
import type { FaultBoard } from '../faults/index.ts';
import type { KnobBoard, KnobStore } from '../knobs/index.ts';
import type { Repricing } from '../pricing/index.ts';
import type { QuoteDesk } from '../quotes/index.ts';
import type { BusinessClock } from '../warehouse/index.ts';

/** All that the API's routes work with. */
export interface Warehouse {
  database: Database;
  businessClock: BusinessClock;
  knobs: KnobBoard;
  knobStore: KnobStore;
  faults: FaultBoard;
  catalogue: Catalogue;
  quotes: QuoteDesk;
  carrier: CarrierClient;
  repricing: Repricing;
}

const LATE_SUPPLIER_FACTOR = 3;

/** By how much suppliers are late now: 1 is as usual. */
export function leadTimeFactor({ faults }: Warehouse): number {
  return faults.isActive('late-supplier') ? LATE_SUPPLIER_FACTOR : 1;
}

/** The time a request says, or the business time; business time is then at least that. */
export async function occasion({ businessClock }: Warehouse, at: Date | undefined): Promise<Date> {
  if (at === undefined) return businessClock.now();
  await businessClock.advance(at);
  return at;
}
