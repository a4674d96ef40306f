import type { OrderEvent, ReturnEvent } from '../dataset/index.ts';

const DAY_MS = 86_400_000;
const REMEMBERED_DAYS = 3;

interface Remembered {
  id: string;
  at: number;
  goods: string;
}

/** Recognises the returns that take back a whole order of the last days: in truth the customer cancelled it. */
export class Reversals {
  readonly #orders = new Map<string, Remembered[]>();

  remember({ id, at, customer, lines }: OrderEvent): void {
    if (customer === undefined) return;
    const known = (this.#orders.get(customer) ?? []).filter(
      (order) => order.at > at - REMEMBERED_DAYS * DAY_MS,
    );
    this.#orders.set(customer, [...known, { id, at, goods: describeGoods(lines) }]);
  }

  /** The order that a return takes back in full; each order is found once. */
  takeReversed({ customer, at, lines }: ReturnEvent): string | undefined {
    const known = this.#orders.get(customer ?? '') ?? [];
    const goods = describeGoods(lines);
    const index = known.findLastIndex(
      (order) => order.goods === goods && order.at > at - REMEMBERED_DAYS * DAY_MS,
    );
    return index < 0 ? undefined : known.splice(index, 1)[0]?.id;
  }
}

function describeGoods(lines: readonly { sku: string; quantity: number }[]): string {
  return lines
    .map(({ sku, quantity }) => `${sku} ${quantity}`)
    .sort()
    .join(', ');
}
