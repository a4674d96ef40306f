import type { BackOffice, OrderLineInput } from './back-office.ts';
import type { PlacedOrder, Shop } from './shop.ts';

export interface World {
  shop: Shop;
  office: BackOffice;
  /** Variants of the sample data, each with 100 units at the default location. */
  variants: readonly string[];
}

const DEFAULT_LOCATION = '1';

/** A second location, a coupon, a second currency, and variants that are short, backordered, untracked and deleted. */
export async function prepare({ office, variants }: World): Promise<void> {
  const { createStockLocation } = await office.ask<{ createStockLocation: { id: string } }>(
    'mutation { createStockLocation(input: { name: "Annex", description: "" }) { id } }',
  );
  await office.ask(
    `mutation { createPromotion(input: { enabled: true, couponCode: "TEN", conditions: [], translations: [
      { languageCode: en, name: "Ten percent" }], actions: [{ code: "order_percentage_discount",
      arguments: [{ name: "discount", value: "10" }] }] }) { __typename ... on Promotion { id } } }`,
  );
  await office.ask(
    `mutation { updateChannel(input: { id: "1", availableCurrencyCodes: [USD, EUR] }) { __typename ... on Channel { id } } }`,
  );
  const stock = (stockOnHand: number, annex?: number) => ({
    stockLevels: [
      { stockLocationId: DEFAULT_LOCATION, stockOnHand },
      ...(annex === undefined ? [] : [{ stockLocationId: createStockLocation.id, stockOnHand: annex }]),
    ],
  });
  await office.changeVariant(variants[4]!, { prices: [{ currencyCode: 'EUR', price: 4_999 }] });
  await office.changeVariant(variants[5]!, stock(2, 40));
  await office.changeVariant(variants[6]!, {
    ...stock(3),
    useGlobalOutOfStockThreshold: false,
    outOfStockThreshold: -10,
  });
  await office.changeVariant(variants[7]!, stock(3));
  await office.changeVariant(variants[8]!, { trackInventory: 'FALSE' });
  await office.changeVariant(variants[9]!, stock(0, 25));
  await office.ask('mutation ($id: ID!) { deleteProductVariant(id: $id) { result } }', { id: variants[10]! });
}

/** One order of each kind that there is, as far as it goes. */
export async function trade({ shop, office, variants }: World): Promise<PlacedOrder[]> {
  const of = (index: number, quantity: number) => ({ variantId: variants[index]!, quantity });
  const whole = await shop.place([of(0, 2), of(1, 1)]);
  await office.settle(whole);
  await office.move(await office.pack(all(whole)), 'Shipped', 'Delivered');

  // The first part is delivered before the second leaves: Vendure never calls such an order Shipped.
  const inParts = await shop.place([of(2, 3)], { couponCode: 'TEN' });
  await office.settle(inParts);
  await office.move(await office.pack(some(inParts, 1)), 'Shipped', 'Delivered');
  await office.move(await office.pack(some(inParts, 2)), 'Shipped', 'Delivered');

  const cancelled = await shop.place([of(3, 4)]);
  await office.cancel(cancelled);

  const shortened = await shop.place([of(0, 5), of(3, 2)], { couponCode: 'TEN' });
  await office.settle(shortened);
  await office.cancel(shortened, some(shortened, 2));

  const returned = await shop.place([of(1, 3)]);
  await office.settle(returned);
  await office.move(await office.pack(all(returned)), 'Shipped', 'Delivered');
  await office.cancel(returned, some(returned, 2));
  await office.refund(returned, 1_000);

  // Its price is with tax.
  await office.ask('mutation { updateChannel(input: { id: "1", pricesIncludeTax: true }) { __typename } }');
  const taxed = await shop.place([of(11, 3)]);
  await office.ask('mutation { updateChannel(input: { id: "1", pricesIncludeTax: false }) { __typename } }');
  await office.settle(taxed);
  await office.move(await office.pack(all(taxed)), 'Shipped');

  const inEuros = await shop.place([of(4, 2)], { currencyCode: 'EUR' });
  await office.settle(inEuros);
  await office.move(await office.pack(all(inEuros)), 'Shipped');

  const fromTwoLocations = await shop.place([of(5, 4)]);
  await office.settle(fromTwoLocations);
  await office.move(await office.pack(all(fromTwoLocations)), 'Shipped', 'Delivered');
  await office.cancel(fromTwoLocations, some(fromTwoLocations, 3));

  const backordered = await shop.place([of(6, 8)]);
  // Two customers are at the checkout for the last units: the one who pays later gets an order without an allocation.
  const later = await shop.fillCart([of(7, 2)]);
  await shop.goToCheckout(later);
  const soldOut = await shop.place([of(7, 3)]);
  const tooLate = await shop.pay(later);
  const untracked = await shop.place([of(8, 6)]);
  const fromAnnex = await shop.place([of(9, 7)]);

  // Packed and unpacked again: its units were never sold, and do not come back from a customer.
  const unpacked = await shop.place([of(0, 4)]);
  await office.settle(unpacked);
  await office.move(await office.pack(all(unpacked)), 'Cancelled');

  // Packed, and cancelled before it left.
  const packed = await shop.place([of(3, 2)]);
  await office.settle(packed);
  await office.pack(all(packed));
  await office.cancel(packed, all(packed));

  // Left, and the carrier brought it back.
  const refused = await shop.place([of(1, 1)]);
  await office.settle(refused);
  await office.move(await office.pack(all(refused)), 'Shipped', 'Cancelled');

  await shop.fillCart([of(2, 9)]);
  return [
    whole,
    inParts,
    cancelled,
    shortened,
    returned,
    taxed,
    inEuros,
    fromTwoLocations,
    backordered,
    soldOut,
    tooLate,
    untracked,
    fromAnnex,
    unpacked,
    packed,
    refused,
  ];
}

export function all({ lines }: PlacedOrder): OrderLineInput[] {
  return lines.map(({ id, quantity }) => ({ orderLineId: id, quantity }));
}

/** So many units of the first line. */
export function some({ lines }: PlacedOrder, quantity: number): OrderLineInput[] {
  return [{ orderLineId: lines[0]!.id, quantity }];
}
