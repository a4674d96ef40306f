/** Room that any number fits in: the longest are such as -1.2345678901234567e-300. */
export const MAX_NUMBER_BYTES = 25;

/** Amounts below this, in hundredths, have at most 15 digits, and then no shorter text reads as the same number. */
const MAX_HUNDREDTHS = 1e15;
const ZERO = 48;
const POINT = 46;

/** As Prometheus reads numbers: NaN, +Inf and -Inf have names of their own. */
export function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}

/**
 * Writes the text of a number into memory that has room for it. Counts and amounts of money, which are most of what a
 * page has, are written digit by digit: no text is made of them that would have to be collected as garbage.
 *
 * @returns the place after the text
 */
export function writeNumber(value: number, target: Uint8Array, at: number): number {
  if (value >= 0 && Number.isSafeInteger(value)) return writeDigits(value, target, at);
  const hundredths = Math.round(value * 100);
  const isAmount = value > 0 && hundredths < MAX_HUNDREDTHS && hundredths / 100 === value;
  return isAmount ? writeAmount(hundredths, target, at) : writeAscii(formatValue(value), target, at);
}

function writeDigits(whole: number, target: Uint8Array, at: number): number {
  let digits = 1;
  for (let bound = 10; whole >= bound; bound *= 10) digits++;
  let rest = whole;
  for (let place = at + digits - 1; place >= at; place--) {
    const tenth = Math.floor(rest / 10);
    target[place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + digits;
}

/** The last digit is left out where it is a zero. */
function writeAmount(hundredths: number, target: Uint8Array, at: number): number {
  const whole = Math.floor(hundredths / 100);
  const cents = hundredths - whole * 100;
  const tens = Math.floor(cents / 10);
  const ones = cents - tens * 10;
  const point = writeDigits(whole, target, at);
  target[point] = POINT;
  target[point + 1] = ZERO + tens;
  if (ones === 0) return point + 2;
  target[point + 2] = ZERO + ones;
  return point + 3;
}

function writeAscii(text: string, target: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index++) target[at + index] = text.charCodeAt(index);
  return at + text.length;
}
