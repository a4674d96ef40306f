import { bulkhead, type IPolicy } from 'cockatiel';
import type { Clock } from '@evenkeel/toolkit';
import type { Queryable } from '../database/index.ts';
import type { BusinessClock } from '../warehouse/index.ts';
import { FreshCache } from './fresh-cache.ts';
import { type CataloguePage, type CatalogueQuery, readCataloguePage } from './page.ts';

export interface CatalogueOptions {
  database: Queryable;
  businessClock: BusinessClock;
  clock: Clock;
  ttlSeconds: () => number;
}

const MOST_CACHED_PAGES = 1000;
const MOST_WAITING = 10_000;

/** The catalogue as shoppers see it: pages with the popularity of each product, cached. */
export class Catalogue {
  readonly #options: CatalogueOptions;
  readonly #pages: FreshCache<CataloguePage>;
  // One page is read at a time: a catalogue that has become slow must not take the connections that orders need.
  readonly #lane: IPolicy = bulkhead(1, MOST_WAITING);

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#pages = new FreshCache({
      clock: options.clock,
      ttlMs: () => options.ttlSeconds() * 1000,
      maxEntries: MOST_CACHED_PAGES,
    });
  }

  page(query: CatalogueQuery): Promise<CataloguePage> {
    return this.#pages.get(JSON.stringify(query), () =>
      this.#lane.execute(async () =>
        readCataloguePage(this.#options.database, query, await this.#options.businessClock.now()),
      ),
    );
  }
}
