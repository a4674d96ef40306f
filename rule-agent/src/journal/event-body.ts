import { EvenkeelError, messageOf } from '@evenkeel/toolkit';
import { canonicalJson } from '../model/canonical-json.ts';
import type { JournalEvent } from '../model/event.ts';
import { type ChainedColumns, chainHash, type StoredRow } from './hash-chain.ts';
import { type JournalRow, onceKeyOf } from './journal.ts';
import { fromStoredJson, toStoredJson } from './stored-text.ts';

/** The row after the one given, for an event. @throws EvenkeelError JOURNAL_EVENT_INVALID */
export function nextRow(last: Pick<StoredRow, 'seq' | 'hash'>, event: JournalEvent): StoredRow {
  const columns = columnsOf(last.seq + 1, event);
  return { ...columns, previousHash: last.hash, hash: chainHash(last.hash, columns) };
}

/** A row as it is stored, for whoever recomputes its hash: that covers the hash of the row before, and all of this. */
export function toStoredRow({ seq, hash, event }: JournalRow): ChainedColumns & Pick<StoredRow, 'hash'> {
  return { ...columnsOf(seq, event), hash };
}

function columnsOf(seq: number, event: JournalEvent): ChainedColumns {
  return { seq, once: onceKeyOf(event), body: bodyOf(event) };
}

function bodyOf(event: JournalEvent): string {
  try {
    return toStoredJson(canonicalJson(event));
  } catch (error) {
    throw invalidEvent(error);
  }
}

/** The event itself cannot be stored: trying again does not help. */
export function invalidEvent(cause: unknown): EvenkeelError {
  return new EvenkeelError('JOURNAL_EVENT_INVALID', `the journal cannot be written: ${messageOf(cause)}`, {
    cause,
    hint: 'the journal is well, the event is not: please report it with this message',
  });
}

export function toJournalRow({ seq, hash, body }: Pick<StoredRow, 'seq' | 'hash' | 'body'>): JournalRow {
  return { seq, hash, event: JSON.parse(fromStoredJson(body)) as JournalEvent };
}
