import { createHash } from 'node:crypto';

// 64 bits: with fewer, two of some ten thousand parcels would one day share a number, and one of them never leave.
const HEX_DIGITS = 16;

/** The tracking number of a parcel: the same reference gives the same number, so that booking twice books once. */
export function trackingNumber(reference: string): string {
  const hash = createHash('sha256').update(reference).digest('hex');
  return `SP${hash.slice(0, HEX_DIGITS).toUpperCase()}GB`;
}
