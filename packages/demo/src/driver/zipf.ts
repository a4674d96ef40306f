/** Draws ranks 0..count-1 by Zipf's law: rank k is drawn in proportion to 1 / (k + 1)^exponent. */
export function zipf(count: number, exponent: number, random: () => number): () => number {
  const weights = Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return () => {
    let left = random() * total;
    for (let rank = 0; rank < count; rank += 1) {
      left -= weights[rank]!;
      if (left < 0) return rank;
    }
    return count - 1;
  };
}
