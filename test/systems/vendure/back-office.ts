import { GraphqlSession } from './graphql.ts';
import type { PlacedOrder } from './shop.ts';

export interface OrderLineInput {
  orderLineId: string;
  quantity: number;
}

const ERROR = '... on ErrorResult { errorCode message }';

/** What staff do, through the Admin API. */
export class BackOffice {
  readonly #session: GraphqlSession;

  constructor(url: string) {
    this.#session = new GraphqlSession(`${url}/admin-api`);
  }

  ask<T = Record<string, unknown>>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<T> {
    return this.#session.ask<T>(query, variables);
  }

  async logIn(): Promise<void> {
    await this.ask(
      `mutation { login(username: "superadmin", password: "superadmin") { __typename ${ERROR} } }`,
    );
  }

  async settle(order: PlacedOrder): Promise<void> {
    const id = await this.#paymentOf(order);
    await this.ask(
      'mutation ($id: ID!) { settlePayment(id: $id) { __typename ... on ErrorResult { errorCode message } } }',
      { id },
    );
  }

  /** Packs a parcel, which does not leave yet. */
  async pack(lines: readonly OrderLineInput[]): Promise<string> {
    const { addFulfillmentToOrder } = await this.ask<{ addFulfillmentToOrder: { id: string } }>(
      `mutation ($lines: [OrderLineInput!]!) { addFulfillmentToOrder(input: { lines: $lines, handler: {
        code: "manual-fulfillment",
        arguments: [{ name: "method", value: "post" }, { name: "trackingCode", value: "1" }] } }) {
        __typename ... on Fulfillment { id } ${ERROR} } }`,
      { lines },
    );
    return addFulfillmentToOrder.id;
  }

  /** Brings a parcel to the states named, one after the other. */
  async move(parcelId: string, ...states: readonly string[]): Promise<void> {
    for (const state of states)
      await this.ask(
        `mutation ($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, state: $state) {
          __typename ... on FulfillmentStateTransitionError { errorCode message transitionError } } }`,
        { id: parcelId, state },
      );
  }

  /** Cancels the lines named, or all. */
  async cancel({ id }: PlacedOrder, lines?: readonly OrderLineInput[]): Promise<void> {
    await this.ask(
      `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ${ERROR} } }`,
      { input: { orderId: id, ...(lines !== undefined && { lines }), reason: 'test' } },
    );
  }

  async refund(order: PlacedOrder, amount: number): Promise<void> {
    const paymentId = await this.#paymentOf(order);
    await this.ask(
      `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename ${ERROR} } }`,
      { input: { paymentId, amount, lines: [], shipping: 0, adjustment: 0, reason: 'test' } },
    );
  }

  async changeVariant(id: string, change: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask(
      'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
      { input: [{ id, ...change }] },
    );
  }

  async #paymentOf({ id }: PlacedOrder): Promise<string> {
    const { order } = await this.ask<{ order: { payments: { id: string }[] } }>(
      'query ($id: ID!) { order(id: $id) { payments { id } } }',
      { id },
    );
    return order.payments[0]!.id;
  }
}
