import { toEvents, type WarehouseEvent } from './events.ts';
import { readInvoices, type Invoice } from './invoices.ts';

/** A calendar day in London on which invoices were written. */
export interface TradingDay {
  /** Milliseconds since the epoch of its first and last event. */
  opensAt: number;
  closesAt: number;
  events: WarehouseEvent[];
}

const DAY_MS = 86_400_000;

/** Streams the trading days of the order file, one in memory at a time. */
export async function* readTradingDays(
  invoices: AsyncIterable<Invoice> = readInvoices(),
): AsyncGenerator<TradingDay> {
  let day: TradingDay | undefined;
  for await (const invoice of invoices) {
    const events = toEvents(invoice);
    if (events.length === 0) continue;
    if (day !== undefined && dayOf(day.opensAt) !== dayOf(invoice.at)) {
      yield day;
      day = undefined;
    }
    day ??= { opensAt: invoice.at, closesAt: invoice.at, events: [] };
    day.closesAt = invoice.at;
    day.events.push(...events);
  }
  if (day !== undefined) yield day;
}

// The shop writes no invoice between 21:00 and 06:00, so that the UTC day is the local day.
function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}
