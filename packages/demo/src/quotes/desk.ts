import type { Queryable } from '../database/index.ts';
import { Refusal } from '../warehouse/index.ts';
import { BoundedCache } from './cache.ts';
import { computeQuote, offeredStep, type Quote } from './quote.ts';

export interface QuoteRequest {
  customer: string;
  sku: string;
  quantity: number;
}

export interface QuoteView extends QuoteRequest {
  unit_price: number;
  total: number;
  discount: number;
  delivery_days: number;
  currency: string;
  cached: boolean;
}

interface Terms {
  list_price: number;
  unit_cost: number;
  lead_time_days: number;
}

/** Makes offers, and keeps those it made. */
export class QuoteDesk {
  readonly #database: Queryable;
  readonly #quotes: BoundedCache<Quote>;

  constructor(database: Queryable, maxEntries: number) {
    this.#database = database;
    this.#quotes = new BoundedCache(maxEntries);
  }

  get size(): number {
    return this.#quotes.size;
  }

  bound(maxEntries: number): void {
    this.#quotes.bound(maxEntries);
  }

  /** @throws Refusal PRODUCT_UNKNOWN */
  async quote(request: QuoteRequest): Promise<QuoteView> {
    const key = JSON.stringify([request.customer, request.sku, request.quantity]);
    const known = this.#quotes.get(key);
    if (known !== undefined) return view(known, true);
    const quote = await this.#compute(request);
    this.#quotes.set(key, quote);
    return view(quote, false);
  }

  async #compute(request: QuoteRequest): Promise<Quote> {
    const [terms] = await this.#database.query<Terms>(
      `select list_price::double precision, unit_cost::double precision,
         lead_time_mean_days::double precision as lead_time_days
       from warehouse.products join warehouse.suppliers using (supplier_id) where sku = $1`,
      [request.sku],
    );
    if (terms === undefined) throw new Refusal('PRODUCT_UNKNOWN', `there is no product ${request.sku}`);
    return computeQuote({
      ...request,
      listPrice: terms.list_price,
      unitCost: terms.unit_cost,
      leadTimeDays: terms.lead_time_days,
    });
  }
}

function view(quote: Quote, cached: boolean): QuoteView {
  const step = offeredStep(quote);
  const unitPrice = Math.round(step.unitPrice * 100) / 100;
  return {
    customer: quote.customer,
    sku: quote.sku,
    quantity: quote.quantity,
    unit_price: unitPrice,
    total: Math.round(unitPrice * quote.quantity * 100) / 100,
    discount: Math.round(step.discount * 1000) / 1000,
    delivery_days: Math.ceil(step.deliveryDays),
    currency: 'GBP',
    cached,
  };
}
