/** Milliseconds of each unit, in the order in which a duration has them. A year has 365 days, as in Prometheus. */
const UNIT_MS = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
} as const;

/**
 * A duration as Prometheus writes it: `1w2d3h4m5s6ms`, whole numbers, each unit once and the largest first; `0` needs none.
 * The one grammar for all files, flags and requests.
 */
export const DURATION = new RegExp(
  `^(?:0|(?=[0-9])${Object.keys(UNIT_MS)
    .map((unit) => `(?:([0-9]+)${unit})?`)
    .join('')})$`,
);

/** What Prometheus can count, in nanoseconds of 64 bits: 292 years. */
const LONGEST_MS = 2 ** 63 / 1e6;

/** The milliseconds of a duration; undefined for what is none, or is longer than Prometheus can count. */
export function durationToMs(text: string): number | undefined {
  const [, ...amounts] = DURATION.exec(text) ?? [];
  if (amounts.length === 0) return undefined;
  const totalMs = Object.values(UNIT_MS).reduce(
    (sum, unitMs, index) => sum + Number(amounts[index] ?? 0) * unitMs,
    0,
  );
  return totalMs > LONGEST_MS ? undefined : totalMs;
}

/**
 * The seconds of a duration.
 *
 * @throws RangeError for what is no duration
 */
export function toSeconds(text: string): number {
  const ms = durationToMs(text);
  if (ms === undefined) throw new RangeError(`"${text}" is not a duration such as 15s or 1d`);
  return ms / 1000;
}
