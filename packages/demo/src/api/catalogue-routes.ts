import type { Router } from 'express';
import { viewProduct } from '../catalogue/index.ts';
import { listStock, Refusal } from '../warehouse/index.ts';
import { parse } from './problems.ts';
import { productQuery, quoteQuery, skuParameter, stockQuery } from './request-schemas.ts';
import type { Warehouse } from './warehouse.ts';

/** What shoppers read: catalogue, stock, quotes. */
export function mountCatalogue(router: Router, { catalogue, database, quotes }: Warehouse): void {
  router.get('/products', async (request, response) => {
    response.json(await catalogue.page(parse(productQuery, request.query)));
  });
  router.get('/products/:sku', async (request, response) => {
    const sku = parse(skuParameter, request.params.sku);
    const product = await viewProduct(database, sku);
    if (product === undefined) throw new Refusal('PRODUCT_UNKNOWN', `there is no product ${sku}`);
    response.json(product);
  });
  router.get('/stock', async (request, response) => {
    const { sku, site, limit } = parse(stockQuery, request.query);
    response.json({ stock: await listStock(database, { sku, site, limit }) });
  });
  router.get('/quotes', async (request, response) => {
    response.json(await quotes.quote(parse(quoteQuery, request.query)));
  });
}
