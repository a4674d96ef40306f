import { canonicalJson } from '../model/canonical-json.ts';
import type { JournalEvent } from '../model/event.ts';
import { chainHash, type StoredRow } from './hash-chain.ts';
import { type JournalRow, onceKeyOf } from './journal.ts';

/** The row after the one given, for an event. */
export function nextRow(last: Pick<StoredRow, 'seq' | 'hash'>, event: JournalEvent): StoredRow {
  const columns = { seq: last.seq + 1, once: onceKeyOf(event), body: canonicalJson(event) };
  return { ...columns, previousHash: last.hash, hash: chainHash(last.hash, columns) };
}

export function toJournalRow({ seq, hash, body }: Pick<StoredRow, 'seq' | 'hash' | 'body'>): JournalRow {
  return { seq, hash, event: JSON.parse(body) as JournalEvent };
}
