/** A step of the price ladder: what one unit costs from that quantity on. */
export interface QuoteStep {
  quantity: number;
  unitPrice: number;
  discount: number;
  total: number;
  deliveryDays: number;
}

/** An offer to a customer. The whole ladder is kept, so that a change of quantity needs no new offer. */
export interface Quote {
  customer: string;
  sku: string;
  quantity: number;
  ladder: readonly QuoteStep[];
}

export interface QuoteBasis {
  customer: string;
  sku: string;
  quantity: number;
  listPrice: number;
  unitCost: number;
  leadTimeDays: number;
}

const STEPS = 320;
const GREATEST_DISCOUNT = 0.25;
const LEAST_MARGIN = 0.1;

/** Computes an offer: the discount grows with the quantity, and a margin of 10 % over cost remains. */
export function computeQuote(basis: QuoteBasis): Quote {
  const { customer, sku, quantity } = basis;
  return {
    customer,
    sku,
    quantity,
    ladder: Array.from({ length: STEPS }, (_, index) => toStep(basis, index)),
  };
}

/** The step of an offer that holds for its quantity. */
export function offeredStep({ ladder, quantity }: Quote): QuoteStep {
  return ladder.findLast((step) => step.quantity <= quantity) ?? ladder[0]!;
}

function toStep({ quantity, listPrice, unitCost, leadTimeDays }: QuoteBasis, index: number): QuoteStep {
  const stepQuantity = Math.max(1, Math.round((quantity * (index + 1)) / (STEPS / 4)));
  const wishedDiscount = GREATEST_DISCOUNT * (1 - Math.exp(-stepQuantity / 250));
  const unitPrice = Math.max(
    listPrice * (1 - wishedDiscount),
    Math.min(listPrice, unitCost * (1 + LEAST_MARGIN)),
  );
  return {
    quantity: stepQuantity,
    unitPrice,
    discount: listPrice === 0 ? 0 : 1 - unitPrice / listPrice,
    total: unitPrice * stepQuantity,
    deliveryDays: 2 + (stepQuantity / (stepQuantity + 500)) * leadTimeDays,
  };
}
