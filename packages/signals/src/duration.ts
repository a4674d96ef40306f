const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/**
 * The seconds of a Prometheus duration.
 *
 * @throws RangeError for what is no duration with one unit of seconds or more
 */
export function toSeconds(duration: string): number {
  const match = /^(\d+)([smhdw])$/.exec(duration);
  if (match === null) throw new RangeError(`"${duration}" is not a duration such as 15s or 1d`);
  return Number(match[1]) * SECONDS[match[2]!]!;
}
