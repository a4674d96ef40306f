/**
 * Rounds to tenths so that the rounded parts still add up to the rounded whole: the largest remainders are rounded up
 * (Hamilton's method).
 */
export function roundTogether(parts: readonly number[]): number[] {
  const tenths = parts.map((part) => part * 10);
  const floors = tenths.map(Math.floor);
  const whole = Math.round(tenths.reduce((total, part) => total + part, 0));
  const missing = whole - floors.reduce((total, part) => total + part, 0);
  const up = new Set(
    tenths
      .map((part, index) => ({ index, remainder: part - floors[index]! }))
      .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, missing)
      .map(({ index }) => index)
  );
  return floors.map((floor, index) => (floor + (up.has(index) ? 1 : 0)) / 10);
}
