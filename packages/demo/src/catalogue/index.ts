export { Catalogue } from './catalogue.ts';
export {
  type CataloguePage,
  type CatalogueQuery,
  FIRST_PAGE,
  readCataloguePage,
  viewProduct,
} from './page.ts';
