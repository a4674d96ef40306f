import { Lanes } from './persistence.ts';
import { hasEnded, type World } from './world.ts';
import { zipf } from './zipf.ts';

const REQUESTS_PER_SECOND = 9;
const MOST_AT_A_TIME = 64;
const SKEW = 0.9;
const QUOTED_QUANTITIES = [12, 48, 144];
/** Few: every quote is kept for good, and shoppers alone must not fill the API's memory. */
const QUOTED_SKUS = 15;
const QUOTED_CUSTOMERS = ['walk-in', 'trade'];

type Browse = () => string;

/**
 * Those who only look: at a steady rate at every hour, the first pages more than the last.
 *
 * They do not wait for each other, as people do not; when too many wait for an answer, new ones turn away at the door.
 */
export async function runShoppers(world: World): Promise<void> {
  const shelf = await persistShelf(world);
  const browse = chooseBrowsing(shelf, world.random);
  const lanes = new Lanes(MOST_AT_A_TIME);
  while (!hasEnded(world)) {
    const pauseMs = (-Math.log(1 - world.random()) / REQUESTS_PER_SECOND) * 1000;
    await world.clock.sleep(pauseMs, world.signal).catch(() => undefined);
    if (hasEnded(world)) break;
    if (lanes.full) world.statistics.add('shoppers_turned_away');
    else await lanes.run(() => look(world, browse()));
  }
}

async function look({ client, statistics }: World, path: string): Promise<void> {
  try {
    await client.get(path);
    statistics.add('views');
  } catch {
    statistics.add('views_failed');
  }
}

interface Shelf {
  categories: string[];
  skus: string[];
}

async function persistShelf(world: World): Promise<Shelf> {
  for (;;) {
    try {
      return await readShelf(world);
    } catch (error) {
      if (world.signal.aborted) throw error;
      await world.clock.sleep(1000, world.signal);
    }
  }
}

async function readShelf({ client }: World): Promise<Shelf> {
  const { products } = await client.get<{ products: { sku: string; category: string }[] }>(
    '/products?page_size=100',
  );
  return {
    categories: [...new Set(products.map(({ category }) => category))].sort(),
    skus: products.map(({ sku }) => sku),
  };
}

function chooseBrowsing({ categories, skus }: Shelf, random: () => number): Browse {
  const pages = [
    ...[1, 2, 3, 4].map((page) => `/products?page=${page}`),
    ...categories.map((category) => `/products?category=${encodeURIComponent(category)}`),
  ];
  const drawPage = zipf(pages.length, SKEW, random);
  const drawSku = zipf(skus.length, SKEW, random);
  const drawQuoted = zipf(Math.min(QUOTED_SKUS, skus.length), SKEW, random);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  return () => {
    const draw = random();
    const sku = skus[drawSku()]!;
    if (draw < 0.6) return pages[drawPage()]!;
    if (draw < 0.75) return `/products/${sku}`;
    if (draw < 0.85) return `/stock?sku=${sku}`;
    return `/quotes?customer=${pick(QUOTED_CUSTOMERS)}&sku=${skus[drawQuoted()]!}&quantity=${pick(QUOTED_QUANTITIES)}`;
  };
}
