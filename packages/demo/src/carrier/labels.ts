import { createHash } from 'node:crypto';

const DIGITS = 10;

/** The tracking number of a parcel: the same reference gives the same number, so that booking twice books once. */
export function trackingNumber(reference: string): string {
  const number = createHash('sha256').update(reference).digest().readBigUInt64BE() % 10n ** BigInt(DIGITS);
  return `SP${number.toString().padStart(DIGITS, '0')}GB`;
}
