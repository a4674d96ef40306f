/** One request of an access log. */
export interface LoggedRequest {
  /** As it was sent; anything, where the client sent no HTTP. */
  method: string;
  /** Path and query, or whatever the client sent. */
  target: string;
  status: number;
  seconds: number;
}

/** `GET /orders/7 HTTP/1.1`; of what is not like that, the first word passes for the method. */
export function splitRequest(text: string): Pick<LoggedRequest, 'method' | 'target'> {
  const blank = text.indexOf(' ');
  if (blank === -1) return { method: text, target: '' };
  const version = text.lastIndexOf(' HTTP/');
  const target = text.slice(blank + 1, version > blank ? version : undefined);
  return { method: text.slice(0, blank), target };
}

/** @returns 0 for what is no status of HTTP, such as the 000 of a connection that broke */
export function readStatus(text: string): number {
  const status = text.length === 3 ? Number(text) : 0;
  return status >= 100 && status <= 599 ? status : 0;
}

const DECIMAL = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** `1m2.5s`, `12ms`, `350\u00b5s`, as Go writes durations. */
const WITH_UNITS = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|\u00b5s|\u03bcs|ns))+$/;
const AMOUNT = /(\d+(?:\.\d+)?)(h|ms|m|s|us|\u00b5s|\u03bcs|ns)/g;
const SECONDS: Readonly<Record<string, number>> = {
  ...{ h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, '\u00b5s': 1e-6, '\u03bcs': 1e-6, ns: 1e-9 },
};

/**
 * Reads a duration: a number of units, or one with units of its own.
 *
 * @returns NaN for what is no duration
 */
export function readSeconds(text: string, secondsPerUnit: number): number {
  if (DECIMAL.test(text)) return Number(text) * secondsPerUnit;
  if (!WITH_UNITS.test(text)) return NaN;
  return [...text.matchAll(AMOUNT)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * SECONDS[unit!]!,
    0,
  );
}
