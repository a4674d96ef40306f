import type { EventKind, JournalEvent } from '../model/event.ts';

/** An event as it stands in the journal. */
export interface JournalRow {
  seq: number;
  hash: string;
  event: JournalEvent;
}

export interface JournalQuery {
  kinds?: readonly EventKind[];
  episode?: string;
  rule?: string;
  /** Only rows before this number: the cursor of the page before. */
  beforeSeq?: number;
  limit: number;
}

export type ChainCheck =
  { intact: true; rows: number; headHash: string } | { intact: false; brokenAtSeq: number; because: string };

/** The write-ahead record of everything that was decided, done and found out. Rows are only ever added. */
export interface Journal {
  /**
   * Adds events, all or none; they are durable when it resolves.
   *
   * @throws EvenkeelError JOURNAL_WRITE_FAILED
   */
  append(events: readonly JournalEvent[]): Promise<void>;
  /** The same, but leaves out what is there already; returns what was added. */
  appendNew(events: readonly JournalEvent[]): Promise<JournalEvent[]>;
  /** Newest first. */
  find(query: JournalQuery): Promise<JournalRow[]>;
  /** Every event, oldest first. */
  replay(): Iterable<JournalEvent>;
  verifyChain(): Promise<ChainCheck>;
  /** Notes that the agent is alive; not part of the record. */
  beat(atMs: number): Promise<void>;
  /** When the agent was last alive, or 0. */
  lastBeatMs(): Promise<number>;
  close(): Promise<void>;
}

/** What may be in the journal once only: an action under one key, an alert in one state. */
export function onceKeyOf(event: JournalEvent): string | null {
  if (event.kind === 'started') return `started:${event.idempotencyKey}`;
  if (event.kind !== 'alert_received') return null;
  const { groupKey, fingerprint, status, startsAt } = event;
  return `alert:${JSON.stringify([groupKey, fingerprint, status, startsAt])}`;
}
