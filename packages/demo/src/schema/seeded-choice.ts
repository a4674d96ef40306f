import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on the text alone: what is made up for a SKU is the same on every machine. */
export function fractionOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
