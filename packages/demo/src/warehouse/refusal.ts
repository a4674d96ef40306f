/** Why the warehouse does not do what it is asked, each with the sentence that describes the kind. */
export const REFUSALS = {
  ORDER_UNKNOWN: 'There is no such order.',
  PURCHASE_ORDER_UNKNOWN: 'There is no such purchase order.',
  PRODUCT_UNKNOWN: 'There is no such product.',
  SKU_UNKNOWN: 'The request names goods that the warehouse does not keep.',
  TIME_OUT_OF_RANGE: 'The time of the request is too far from the business time.',
  ID_TAKEN: 'The id was used before with another content.',
  ORDER_CLOSED: 'The order is shipped or cancelled already.',
  ORDER_NOT_SHIPPED: 'The order is not shipped yet.',
  NOTHING_TO_PICK: 'No stock is allocated to what is still to be shipped.',
  NOT_DUE: 'The supplier has not delivered yet.',
  ALREADY_RECEIVED: 'The purchase order was received before.',
  ALREADY_RATED: 'The order was rated before, with other stars.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A request that is well-formed but that the warehouse cannot fulfil; nothing has changed. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.extra = extra;
  }
}
