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

/** What stands for the rows before it: what they came to, and the hash of the last of them. */
export interface Anchor extends NewAnchor {
  headHash: string;
}

export interface NewAnchor {
  seq: number;
  /** The history as JSON. */
  state: string;
}

export interface Added {
  events: readonly JournalEvent[];
  /** The number of the last row, or undefined when nothing was added. */
  lastSeq: number | undefined;
}

export type ChainCheck =
  { intact: true; rows: number; headHash: string } | { intact: false; brokenAtSeq: number; because: string };

/** What was written, for whoever only reads it. */
export interface JournalReader {
  /** Newest first. */
  find(query: JournalQuery): Promise<JournalRow[]>;
  /** Every row after the given number, oldest first. */
  replay(afterSeq: number): AsyncIterable<JournalRow>;
  /** The state at the row up to which the journal was shortened, if it was. */
  anchor(): Promise<Anchor | undefined>;
  /** The last row that is older than this, or 0. */
  lastSeqBefore(atMs: number): Promise<number>;
  verifyChain(): Promise<ChainCheck>;
  /** When the agent was last alive, or 0. */
  lastBeatMs(): Promise<number>;
  close(): Promise<void>;
}

/** The write-ahead record of everything that was decided, done and found out. Rows are only ever added. */
export interface Journal extends JournalReader {
  /**
   * Adds events, all or none; they are durable when it resolves.
   *
   * @returns the number of the last row
   * @throws EvenkeelError JOURNAL_WRITE_FAILED, or JOURNAL_STANDBY when another agent leads
   */
  append(events: readonly JournalEvent[]): Promise<number>;
  /** The same, but leaves out what is there already; returns what was added. */
  appendNew(events: readonly JournalEvent[]): Promise<Added>;
  /** Takes out the rows up to the anchor, which then stands for them. */
  shorten(anchor: NewAnchor): Promise<void>;
  /** Notes that the agent is alive; not part of the record. */
  beat(atMs: number): Promise<void>;
}

/** What may be in the journal once only: an action under one key, an alert in one state. */
export function onceKeyOf(event: JournalEvent): string | null {
  if (event.kind === 'started') return `started:${event.idempotencyKey}`;
  if (event.kind !== 'alert_received') return null;
  const { groupKey, fingerprint, status, startsAt } = event;
  return `alert:${JSON.stringify([groupKey, fingerprint, status, startsAt])}`;
}
