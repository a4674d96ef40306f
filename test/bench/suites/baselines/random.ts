import { type Random, seeded } from '@evenkeel/toolkit/testing';

export { type Random, seeded };

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Student's t with three degrees of freedom, scaled to a variance of 1. */
export function heavyTailed(random: Random): number {
  const chiSquare = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(chiSquare);
}

/** How many of some rare events happened, by counting exponential waits. */
export function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let waited = 0; waited < mean; count += 1) waited -= Math.log(1 - random());
  return count;
}

export function binomial(random: Random, { draws, share }: { draws: number; share: number }): number {
  let hits = 0;
  for (let draw = 0; draw < draws; draw += 1) if (random() < share) hits += 1;
  return hits;
}
