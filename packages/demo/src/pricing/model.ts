export interface PricingTask {
  sku: string;
  unitCost: number;
  listPrice: number;
  /** Units sold on each of the last days. */
  dailyUnits: readonly number[];
}

export interface PricingResult {
  sku: string;
  price: number;
}

const PRICE_STEPS = 24;
const LOWEST_PRICE_SHARE = 0.8;
const PRICE_SHARE_RANGE = 0.5;
const ELASTICITY = 1.7;
const WEEK_DAYS = 7;
const SAMPLES = 600;
const SALVAGE_SHARE = 0.3;

/**
 * The price with the greatest expected profit of next week, by simulation.
 *
 * For each price on a grid around the list price, weeks of demand are drawn from the days of the history (bootstrap),
 * scaled by a constant price elasticity; the newsvendor's quantity for that price (the critical fractile of the weeks) is
 * bought, and the profit averaged. The draws depend on the SKU and its history only: the same in, the same out.
 */
export function findPrice(task: PricingTask): PricingResult {
  const random = seededRandom(seedOf(task));
  const weeks = drawWeeks(task.dailyUnits, random);
  let best = { price: task.listPrice, profit: -Infinity };
  for (let step = 0; step <= PRICE_STEPS; step += 1) {
    const share = LOWEST_PRICE_SHARE + (PRICE_SHARE_RANGE * step) / PRICE_STEPS;
    const price = Math.round(task.listPrice * share * 100) / 100;
    const profit = expectedProfit(task, price, perturb(weeks, share ** -ELASTICITY, random));
    if (profit > best.profit) best = { price, profit };
  }
  return { sku: task.sku, price: best.price };
}

function drawWeeks(dailyUnits: readonly number[], random: () => number): number[] {
  if (dailyUnits.length === 0) return Array.from({ length: SAMPLES }, () => 0);
  return Array.from({ length: SAMPLES }, () => {
    let units = 0;
    for (let day = 0; day < WEEK_DAYS; day += 1)
      units += dailyUnits[Math.floor(random() * dailyUnits.length)]!;
    return units;
  });
}

// How many buy at another price is uncertain: a log-normal factor around the elasticity's answer.
function perturb(weeks: readonly number[], factor: number, random: () => number): Float64Array {
  const demand = new Float64Array(weeks.length);
  for (let index = 0; index < weeks.length; index += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    demand[index] = weeks[index]! * factor * Math.exp(0.2 * normal);
  }
  return demand.sort();
}

function expectedProfit({ unitCost }: PricingTask, price: number, sortedDemand: Float64Array): number {
  const salvage = unitCost * SALVAGE_SHARE;
  const criticalFractile = Math.max(0, (price - unitCost) / Math.max(price - salvage, Number.EPSILON));
  const bought = sortedDemand[Math.min(SAMPLES - 1, Math.floor(criticalFractile * SAMPLES))]!;
  let profit = 0;
  for (const demand of sortedDemand) {
    const sold = Math.min(demand, bought);
    profit += price * sold + salvage * (bought - sold) - unitCost * bought;
  }
  return profit / sortedDemand.length;
}

function seedOf({ sku, dailyUnits }: PricingTask): number {
  let seed = 2166136261;
  for (const part of [...Buffer.from(sku), ...dailyUnits]) {
    seed = Math.imul(seed ^ part, 16777619) >>> 0;
  }
  return seed;
}

// mulberry32: small, quick, and good enough to draw demand.
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
