import { hash } from 'node:crypto';
import type { EventKind, JournalEvent } from '../model/event.ts';
import type { PartSize } from './parts.ts';

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
export interface Snapshot extends NewSnapshot {
  headHash: string;
}

export interface NewSnapshot {
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
  snapshot(): Promise<Snapshot | undefined>;
  /** The last row that is older than this, or 0. */
  lastSeqBefore(atMs: number): Promise<number>;
  verifyChain(): Promise<ChainCheck>;
  /** When the agent was last alive, or 0. */
  lastBeatMs(): Promise<number>;
  close(): Promise<void>;
}

/** Events to be added, or what makes them once nobody else can write any more. */
export type NewEvents = readonly JournalEvent[] | (() => readonly JournalEvent[]);

export interface AppendOptions {
  /** Leaves out what is there already. */
  onlyNew?: boolean;
  /** For whoever knows the journal up to `seq`: the rows after it are given to `enter` first, oldest first. */
  catchUp?: { seq: number; enter: (row: JournalRow) => void };
}

/** The write-ahead record of everything that was decided, done and found out. Rows are only ever added. */
export interface Journal extends JournalReader {
  /** So much is added in a few milliseconds: more of it is better added part by part. */
  readonly partSize: PartSize;
  /**
   * Whether the journal is still the one that was opened, with all that was written. Asked with every cycle, before anything else.
   *
   * @throws EvenkeelError JOURNAL_LOST, or JOURNAL_READ_FAILED when it cannot be asked just now
   */
  check(): Promise<void>;
  /**
   * Adds events, all or none, in one transaction beside which nobody can write; they are durable when it resolves.
   * A function is called within it; when it throws, nothing is added.
   *
   * @throws EvenkeelError JOURNAL_WRITE_FAILED, JOURNAL_EVENT_INVALID, or JOURNAL_STANDBY when another agent leads; Refusal
   */
  append(events: NewEvents, options?: AppendOptions): Promise<Added>;
  /** Takes out the rows up to the snapshot, which then stands for them. */
  shorten(snapshot: NewSnapshot): Promise<void>;
  /**
   * Writes something that changes nothing.
   *
   * @throws EvenkeelError as `append` does
   */
  requireWritable(): Promise<void>;
  /** Notes that the agent is alive; not part of the record. */
  beat(atMs: number): Promise<void>;
}

/** What a function that makes events threw (its `cause`): a no of its own, and no fault of the journal. */
export class Refusal extends Error {
  constructor(cause: unknown) {
    super('refused', { cause });
  }
}

/** The events to be added; made now, where they are not made yet. @throws Refusal */
export function eventsOf(events: NewEvents): readonly JournalEvent[] {
  if (typeof events !== 'function') return events;
  try {
    return events();
  } catch (error) {
    throw new Refusal(error);
  }
}

/** An index of PostgreSQL takes no key over 2,704 bytes. */
const LONGEST_KEY_BYTES = 1_000;

/** What may be in the journal once only: an action under one key, an alert in one state. */
export function onceKeyOf(event: JournalEvent): string | null {
  if (event.kind === 'started') return `started:${event.idempotencyKey}`;
  if (event.kind !== 'alert_received') return null;
  const { groupKey, fingerprint, status, startsAt } = event;
  const key = `alert:${JSON.stringify([groupKey, fingerprint, status, startsAt])}`;
  return Buffer.byteLength(key) <= LONGEST_KEY_BYTES ? key : `alert:sha256:${hash('sha256', key)}`;
}
