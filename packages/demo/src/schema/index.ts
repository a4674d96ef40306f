export { CATEGORIES } from './categories.ts';
export { insertOpening, loadOpening } from './load.ts';
export { migrate } from './migrate.ts';
export type { Opening, OpeningProduct, OpeningStock, PlannedStock } from './opening.ts';
export { fractionOf } from './seeded-choice.ts';
export { periodOf } from './stock-plan.ts';
export { type Site, SITES, siteOf } from './sites.ts';
