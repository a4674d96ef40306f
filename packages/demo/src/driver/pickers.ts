import { Lanes } from './persistence.ts';
import { inRounds } from './rounds.ts';
import { rate } from './stars.ts';
import { ApiFailure } from './warehouse-client.ts';
import type { World } from './world.ts';

interface Shipment {
  order_id: string;
  order_status: string;
  shipped_at: string;
  promised_at: string;
  lines_to_pick: number;
  first_pass_fill: number;
}

const ROUND_MS = 1000;
/** For one trading day a minute. Who plays faster gets more: they wait for the API by the clock on the wall. */
const LANES = 4;
const MOST_LANES = 16;
/** Of one trading day a minute: more than usual days bring, less than the busiest before Christmas. */
const PARCELS_PER_ROUND = 7;
/** As long as the API says in Retry-After when it leaves the carrier alone. */
const CARRIER_PAUSE_MS = 5_000;
const RATING_SHARE = 0.35;

/** Those who pick and ship, the oldest order first, as many parcels a round as they have hands for. */
export async function runPickers(world: World): Promise<void> {
  await inRounds(world, ROUND_MS, () => pickRound(world));
}

async function pickRound(world: World): Promise<void> {
  const parcels = Math.max(1, Math.round(PARCELS_PER_ROUND * world.daysPerMinute));
  const { orders } = await world.client.get<{ orders: { order_id: string }[] }>(
    `/orders?status=pickable&limit=${Math.min(1000, parcels)}`,
  );
  const hands = { free: parcels, carrierPaused: false };
  const lanes = new Lanes(lanesFor(world.daysPerMinute));
  for (const { order_id } of orders) {
    if (hands.free <= 0 || world.signal.aborted) break;
    await lanes.run(() => pickOrder(world, order_id, hands));
  }
  await lanes.idle();
  if (hands.carrierPaused) await world.clock.sleep(CARRIER_PAUSE_MS, world.signal);
}

function lanesFor(daysPerMinute: number): number {
  return Math.min(MOST_LANES, Math.max(LANES, Math.ceil(LANES * daysPerMinute)));
}

interface Hands {
  free: number;
  carrierPaused: boolean;
}

async function pickOrder(world: World, orderId: string, hands: Hands): Promise<void> {
  while (hands.free > 0 && !world.signal.aborted) {
    hands.free -= 1;
    const shipment = await ship(world, orderId, hands);
    if (shipment === undefined) return;
    if (shipment.order_status === 'shipped') await leaveRating(world, shipment);
    if (shipment.lines_to_pick === 0) return;
  }
}

async function ship(world: World, orderId: string, hands: Hands): Promise<Shipment | undefined> {
  const { client, trading, statistics } = world;
  try {
    const shipment = await client.post<Shipment>(`/orders/${orderId}/shipments`, {
      at: new Date(trading.now()).toISOString(),
    });
    statistics.add('parcels');
    return shipment;
  } catch (error) {
    // The order stays open: a later round takes it up again.
    if (error instanceof ApiFailure && error.transient) statistics.add('parcels_failed');
    if (error instanceof ApiFailure && error.code === 'CARRIER_PAUSED') {
      hands.free = 0;
      hands.carrierPaused = true;
    }
    return undefined;
  }
}

async function leaveRating(world: World, shipment: Shipment): Promise<void> {
  if (world.random() > RATING_SHARE) return;
  const lateMs = Date.parse(shipment.shipped_at) - Date.parse(shipment.promised_at);
  const stars = rate({ lateMs, firstPassFill: shipment.first_pass_fill, temper: world.random() });
  try {
    await world.client.post(`/orders/${shipment.order_id}/rating`, { stars, at: shipment.shipped_at });
    world.statistics.add('ratings');
  } catch {
    // A customer who cannot leave a rating does not come back to try again.
    world.statistics.add('ratings_failed');
  }
}
