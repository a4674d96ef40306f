import { inRounds } from './rounds.ts';
import { ApiFailure } from './warehouse-client.ts';
import type { World } from './world.ts';

const ROUND_MS = 1000;

/** Those who deliver what is due. */
export async function runSuppliers(world: World): Promise<void> {
  await inRounds(world, ROUND_MS, async () => {
    const { purchase_orders } = await world.client.get<{ purchase_orders: { purchase_order_id: number }[] }>(
      '/purchase-orders?status=due',
    );
    for (const { purchase_order_id } of purchase_orders) await deliver(world, purchase_order_id);
  });
}

async function deliver({ client, statistics }: World, id: number): Promise<void> {
  try {
    await client.post(`/purchase-orders/${id}/receipts`);
    statistics.add('deliveries');
  } catch (error) {
    // Received by somebody else in the meantime, or not due any more: nothing to do.
    if (error instanceof ApiFailure && error.status === 409) return;
    throw error;
  }
}
