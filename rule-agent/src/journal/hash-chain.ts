import { createHash } from 'node:crypto';

/** What a row's hash covers: all that is stored in it. */
export interface ChainedColumns {
  seq: number;
  once: string | null;
  body: string;
}

export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the hash before it and the row itself: no row can be changed, moved or taken out of the middle unseen. */
export function chainHash(previousHash: string, { seq, once, body }: ChainedColumns): string {
  return createHash('sha256')
    .update(JSON.stringify([previousHash, seq, once, body]))
    .digest('hex');
}
