import { fractionOf } from './seeded-choice.ts';

export interface Supplier {
  supplierId: number;
  name: string;
  country: string;
  leadTimeMeanDays: number;
  leadTimeSdDays: number;
}

/** Made up: the data name no supplier. */
export const SUPPLIERS: readonly Supplier[] = (
  [
    ['Aldgate Ceramics', 'United Kingdom', 3, 0.5],
    ['Brindley Paper Mill', 'United Kingdom', 4, 0.8],
    ['Calder Textiles', 'United Kingdom', 4, 1],
    ['Dovedale Tinware', 'United Kingdom', 5, 1],
    ['Erasmus Kaarsen', 'Netherlands', 5, 1.2],
    ['Fabrique Lyonnaise', 'France', 6, 1.5],
    ['Glashuette Harz', 'Germany', 6, 1.2],
    ['Hidalgo Artesania', 'Spain', 8, 2],
    ['Istanbul Metal', 'Turkey', 9, 2],
    ['Jaipur Handicrafts', 'India', 12, 3],
    ['Kowloon Gifts', 'Hong Kong', 14, 3],
    ['Lotus Giftware', 'China', 15, 3.5],
  ] as const
).map(([name, country, leadTimeMeanDays, leadTimeSdDays], index) => ({
  supplierId: index + 1,
  name,
  country,
  leadTimeMeanDays,
  leadTimeSdDays,
}));

/** The supplier of a SKU, always the same one. */
export function supplierOf(sku: string): Supplier {
  return SUPPLIERS[Math.floor(fractionOf(`supplier ${sku}`) * SUPPLIERS.length)]!;
}
