/** Uniform in [0, 1); the same numbers in every run of one seed. */
export type Random = () => number;

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state are plenty for millions of draws. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
