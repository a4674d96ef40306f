/** The decimals of hundredths: '' for 0, '.5' for 50, '.07' for 7. */
const HUNDREDTHS = Array.from({ length: 100 }, (_, count) =>
  count === 0 ? '' : `.${String(count).padStart(2, '0').replace(/0$/, '')}`,
);
const MAX_CENTS = 2 ** 31;

/** As Prometheus reads numbers: NaN, +Inf and -Inf have names of their own. */
export function formatValue(value: number): string {
  return Number.isInteger(value) ? String(value) : formatFraction(value);
}

/** Amounts of money are the most frequent fractions; put together from two whole numbers they take half the time. */
function formatFraction(value: number): string {
  if (value > 0 && value < MAX_CENTS / 100) {
    const cents = Math.round(value * 100);
    if (cents / 100 === value) return String(Math.floor(value)) + HUNDREDTHS[cents % 100]!;
  }
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
