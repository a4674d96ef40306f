import { GraphqlSession } from './graphql.ts';

export interface Wish {
  variantId: string;
  quantity: number;
}

export interface CartOptions {
  couponCode?: string;
  currencyCode?: string;
}

export interface PlacedOrder {
  id: string;
  lines: { id: string; quantity: number }[];
}

const ERROR = '... on ErrorResult { errorCode message }';

/** What customers do, through the Shop API. */
export class Shop {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Fills a cart and pays it, as a guest of a new session; the payment is authorised and not yet settled. */
  async place(wishes: readonly Wish[], options: CartOptions = {}): Promise<PlacedOrder> {
    const session = await this.fillCart(wishes, options);
    await this.goToCheckout(session);
    return this.pay(session);
  }

  /** A cart with all that an order needs. */
  async fillCart(wishes: readonly Wish[], options: CartOptions = {}): Promise<GraphqlSession> {
    const { couponCode, currencyCode = 'USD' } = options;
    const session = new GraphqlSession(`${this.#url}/shop-api?currencyCode=${currencyCode}`);
    for (const wish of wishes)
      await session.ask(
        `mutation ($variantId: ID!, $quantity: Int!) {
          addItemToOrder(productVariantId: $variantId, quantity: $quantity) { __typename ${ERROR} } }`,
        { ...wish },
      );
    if (couponCode !== undefined)
      await session.ask(
        `mutation ($code: String!) { applyCouponCode(couponCode: $code) { __typename ${ERROR} } }`,
        { code: couponCode },
      );
    await this.#giveAddress(session);
    return session;
  }

  /** Vendure looks whether there is stock for the cart now, and not again when it is paid. */
  async goToCheckout(session: GraphqlSession): Promise<void> {
    await session.ask(
      `mutation { transitionOrderToState(state: "ArrangingPayment") { __typename ... on OrderStateTransitionError {
        errorCode message transitionError } } }`,
    );
  }

  async pay(session: GraphqlSession): Promise<PlacedOrder> {
    const { addPaymentToOrder } = await session.ask<{ addPaymentToOrder: PlacedOrder }>(
      `mutation { addPaymentToOrder(input: { method: "standard-payment", metadata: {} }) {
        __typename ... on Order { id lines { id quantity } } ${ERROR} } }`,
    );
    return addPaymentToOrder;
  }

  async #giveAddress(session: GraphqlSession): Promise<void> {
    await session.ask(
      `mutation { setCustomerForOrder(input: { emailAddress: "ada@example.com", firstName: "Ada", lastName: "L" }) {
        __typename ${ERROR} } }`,
    );
    await session.ask(
      `mutation { setOrderShippingAddress(input: { streetLine1: "1 Mill Lane", city: "York", countryCode: "GB" }) {
        __typename ${ERROR} } }`,
    );
    await session.ask(`mutation { setOrderShippingMethod(shippingMethodId: ["1"]) { __typename ${ERROR} } }`);
  }
}
