export { Catalogue } from './catalogue.ts';
export { type CataloguePage, type CatalogueQuery, readCataloguePage, viewProduct } from './page.ts';
