import { hash } from 'node:crypto';
import { createPace } from '@evenkeel/toolkit';
import type { ChainCheck } from './journal.ts';

/** What a row's hash covers: all that is stored in it. */
export interface ChainedColumns {
  seq: number;
  once: string | null;
  body: string;
}

/** A row as it is stored. */
export interface StoredRow extends ChainedColumns {
  previousHash: string;
  hash: string;
}

/** A snapshot as it is stored. */
export interface StoredSnapshot {
  seq: number;
  headHash: string;
  state: string;
  hash: string;
}

export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the hash before it and the row itself: no row can be changed, moved or taken out of the middle unseen. */
export function chainHash(previousHash: string, { seq, once, body }: ChainedColumns): string {
  return sha256([previousHash, seq, once, body]);
}

/** The same for a snapshot, which stands for the rows that were taken out before it. */
export function snapshotHash({ seq, headHash, state }: Omit<StoredSnapshot, 'hash'>): string {
  return sha256(['anchor', seq, headHash, state]);
}

/**
 * Recomputes the whole chain, from the snapshot on where there is one.
 *
 * Rows cut off at the end leave a shorter chain that is intact: compare `headHash` with one noted elsewhere.
 */
export async function checkChain(
  snapshot: StoredSnapshot | undefined,
  rows: AsyncIterable<StoredRow> | Iterable<StoredRow>,
): Promise<ChainCheck> {
  let { seq, headHash } = snapshot ?? { seq: 0, headHash: GENESIS_HASH };
  if (snapshot !== undefined && snapshot.hash !== snapshotHash(snapshot)) {
    return { intact: false, brokenAtSeq: seq, because: 'the snapshot does not fit its hash' };
  }
  let count = 0;
  const pace = createPace();
  for await (const row of rows) {
    await pace();
    const brokenAtSeq = row.seq;
    if (row.seq !== seq + 1) return { intact: false, brokenAtSeq, because: `row ${seq + 1} is gone` };
    if (row.previousHash !== headHash || row.hash !== chainHash(headHash, row)) {
      return { intact: false, brokenAtSeq, because: 'its content does not fit its hash' };
    }
    seq = row.seq;
    headHash = row.hash;
    count += 1;
  }
  return { intact: true, rows: count, headHash };
}

function sha256(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts));
}
