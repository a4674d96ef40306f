/** The value below which a share of the values lies, by the nearest-rank method. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('a quantile needs at least one value');
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
