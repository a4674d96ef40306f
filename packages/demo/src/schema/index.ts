export { CATEGORIES } from './categories.ts';
export { insertOpening, loadOpening } from './load.ts';
export { migrate } from './migrate.ts';
export type { Opening, OpeningProduct, OpeningStock } from './opening.ts';
export { fractionOf } from './seeded-choice.ts';
export { type Site, SITES, siteOf } from './sites.ts';
