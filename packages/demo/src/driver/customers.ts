import type {
  AdjustmentEvent,
  OrderEvent,
  ReturnEvent,
  TradingDay,
  WarehouseEvent,
} from '../dataset/index.ts';
import { Lanes, persist } from './persistence.ts';
import { Reversals } from './reversals.ts';
import { ApiFailure } from './warehouse-client.ts';
import type { World } from './world.ts';

const LANES = 4;
const SURGE_FACTOR = 3;

/** Those who order and send back, and the shelf-keepers who correct stock: the events of the order file, in time. */
export class Customers {
  readonly #world: World;
  readonly #lanes = new Lanes(LANES);
  readonly #reversals = new Reversals();
  /** What each customer does comes one after the other: nothing is cancelled before it is ordered. */
  readonly #latest = new Map<string, Promise<void>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Plays the events of a day at their times; all are done when it resolves. */
  async playDay(day: TradingDay): Promise<void> {
    const { trading, signal } = this.#world;
    for (const event of day.events) {
      await trading.waitUntil(event.at, signal);
      await this.#lanes.run(() => this.#playInTurn(event));
    }
    await trading.waitForClosing(signal);
    await this.#lanes.idle();
    this.#latest.clear();
  }

  #playInTurn(event: WarehouseEvent): Promise<void> {
    const { customer } = event;
    if (customer === undefined) return this.#play(event);
    const turn = (this.#latest.get(customer) ?? Promise.resolve()).then(() => this.#play(event));
    this.#latest.set(customer, turn);
    return turn;
  }

  async #play(event: WarehouseEvent): Promise<void> {
    const { clock, signal, statistics, logger } = this.#world;
    try {
      await persist(() => this.#send(event), clock, signal);
      statistics.add(`${event.kind}s`);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiFailure && error.code === 'ID_TAKEN') return;
      statistics.add('refused');
      logger.warn({ kind: event.kind, id: event.id, reason: String(error) }, 'the warehouse refused');
    }
  }

  #send(event: WarehouseEvent): Promise<unknown> {
    if (event.kind === 'order') return this.#order(event);
    return event.kind === 'return' ? this.#sendBack(event) : this.#adjust(event);
  }

  #order(event: OrderEvent): Promise<unknown> {
    this.#reversals.remember(event);
    const factor = this.#world.faults.isActive('demand-surge') ? SURGE_FACTOR : 1;
    const lines = event.lines.map((line) => ({ ...toLine(line), quantity: line.quantity * factor }));
    return this.#world.client.post('/orders', { order_id: event.id, ...toParty(event), lines });
  }

  async #sendBack(event: ReturnEvent): Promise<unknown> {
    const reversed = this.#reversals.takeReversed(event);
    if (reversed !== undefined && (await this.#cancel(reversed, event.at))) return undefined;
    return this.#world.client.post('/returns', {
      return_id: event.id,
      ...toParty(event),
      lines: event.lines.map(toLine),
    });
  }

  async #cancel(orderId: string, at: number): Promise<boolean> {
    try {
      await this.#world.client.post(`/orders/${orderId}/cancellation`, { at: toInstant(at) });
      this.#world.statistics.add('cancellations');
      return true;
    } catch (error) {
      // Too late to cancel: the goods come back.
      if (error instanceof ApiFailure && !error.transient) return false;
      throw error;
    }
  }

  #adjust(event: AdjustmentEvent): Promise<unknown> {
    return this.#world.client.post('/stock-adjustments', {
      adjustment_id: event.id,
      at: toInstant(event.at),
      lines: event.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    });
  }
}

function toParty({ customer, country, at, charges }: OrderEvent | ReturnEvent) {
  return {
    ...(customer === undefined ? {} : { customer }),
    country,
    placed_at: toInstant(at),
    charges: charges.map(({ code, quantity, unitPrice }) => ({ code, quantity, unit_price: unitPrice })),
  };
}

function toLine({ sku, quantity, unitPrice }: { sku: string; quantity: number; unitPrice: number }) {
  return { sku, quantity, unit_price: unitPrice };
}

function toInstant(at: number): string {
  return new Date(at).toISOString();
}
