import { setImmediate as turn } from 'node:timers/promises';
import { EvenkeelError } from '@evenkeel/toolkit';
import { type HistoryBook, record } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import {
  type Added,
  type AppendOptions,
  type Journal,
  type JournalRow,
  type NewEvents,
  Refusal,
} from './journal.ts';
import { partsOf } from './parts.ts';
import type { Restored } from './restore.ts';

/** Writes events, then lets them count: what is not in the journal has not happened. */
export interface Recorder {
  /**
   * Many events are written part by part, in their order, so that others can work, and write, meanwhile.
   *
   * @throws EvenkeelError JOURNAL_WRITE_FAILED or JOURNAL_STANDBY, and then nothing counts from the part that failed on
   */
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /**
   * Makes the events when nobody else can write any more, neither here nor in another agent, and the history knows every row:
   * what `make` finds in the history still holds when they are written. What it throws is thrown, and nothing is written.
   */
  recordIf: (make: () => readonly JournalEvent[]) => Promise<void>;
  /**
   * Goes before everything that is sent: writes the events that say so. Without any, since they are in the journal already, it makes
   * sure that the journal can still be written: nothing is done that could not be told of.
   *
   * @throws EvenkeelError as `record` does, and then nothing may be sent
   */
  writeAhead: (events: readonly JournalEvent[]) => Promise<void>;
  /** Leaves out what is in the journal already, and what cannot be stored; returns how many were written. */
  recordNew: (events: readonly JournalEvent[]) => Promise<number>;
  /** Lets count what is in the journal and has not been written here: by another agent, or before an answer was lost. */
  catchUp: () => Promise<void>;
  /** The row up to which the history knows the journal. */
  lastSeq: () => number;
}

export interface RecorderListener {
  /** Told of every part as soon as it is written. */
  onRecorded(events: readonly JournalEvent[]): void;
  onWriteFailed(): void;
  /** Told of an event that cannot be stored, and that was left out of what came with it. */
  onLeftOut?: (event: JournalEvent, error: EvenkeelError) => void;
  /** Told of each event that counts from now on, whoever wrote it. */
  onEntered?: (event: JournalEvent) => void;
  /** The history knows more of the journal than before. */
  onMoved?: () => void;
}

export function createRecorder(
  journal: Journal,
  { history, seq }: Restored,
  listener: RecorderListener,
): Recorder {
  const book = new Book(history, seq, listener.onEntered);
  let previous: Promise<unknown> = Promise.resolve();
  // One after the other: what is written while the journal is read would be entered twice, or not at all.
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = previous.then(work);
    previous = result.catch(() => undefined);
    return result;
  };
  const orTell = async <Result>(writing: Promise<Result>): Promise<Result> => {
    try {
      return await writing;
    } catch (error) {
      if (error instanceof Refusal) throw error.cause;
      if (isFailure(error)) listener.onWriteFailed();
      throw error;
    }
  };
  const write = async (events: NewEvents, options: AppendOptions = {}): Promise<number> => {
    const before = book.seq;
    try {
      const added = await orTell(journal.append(events, { ...options, catchUp: book }));
      book.enterAll(added);
      listener.onRecorded(added.events);
      return added.events.length;
    } finally {
      if (book.seq > before) listener.onMoved?.();
    }
  };
  /** One that cannot be stored costs itself, not what came with it. */
  const writeNew = async (events: readonly JournalEvent[]): Promise<number> => {
    try {
      return await write(events, { onlyNew: true });
    } catch (error) {
      if (!hasCode(error, 'JOURNAL_EVENT_INVALID')) throw error;
      if (events.length === 1) {
        listener.onLeftOut?.(events[0]!, error);
        return 0;
      }
      const half = Math.ceil(events.length / 2);
      return (await writeNew(events.slice(0, half))) + (await writeNew(events.slice(half)));
    }
  };
  /** Each part is a turn: an emergency stop, or a cycle, does not wait for the rest of a storm. Gives how many were written. */
  const inParts = async (events: readonly JournalEvent[], work: typeof writeNew): Promise<number> => {
    let count = 0;
    let isFirst = true;
    for (const part of partsOf(events, journal.partSize)) {
      if (!isFirst) await turn();
      isFirst = false;
      count += await inTurn(() => work(part));
    }
    return count;
  };
  return {
    async record(events) {
      await inParts(events, write);
    },
    async recordIf(make) {
      await inTurn(() => write(make));
    },
    async writeAhead(events) {
      if (events.length === 0) await inTurn(() => orTell(journal.requireWritable()));
      else await inParts(events, write);
    },
    recordNew: (events) => inParts(events, writeNew),
    catchUp: () =>
      inTurn(async () => {
        const before = book.seq;
        for await (const row of journal.replay(before)) book.enter(row);
        if (book.seq > before) listener.onMoved?.();
      }),
    lastSeq: () => book.seq,
  };
}

/** Whether the journal is at fault: not when another agent leads, or when the event is one that nobody could store. */
function isFailure(error: unknown): boolean {
  return !hasCode(error, 'JOURNAL_STANDBY') && !hasCode(error, 'JOURNAL_EVENT_INVALID');
}

function hasCode(error: unknown, code: string): error is EvenkeelError {
  return error instanceof EvenkeelError && error.code === code;
}

/** The history, and the row up to which it knows the journal. */
class Book {
  readonly #history: HistoryBook;
  readonly #onEntered: RecorderListener['onEntered'];
  seq: number;

  constructor(history: HistoryBook, seq: number, onEntered: RecorderListener['onEntered']) {
    this.#history = history;
    this.#onEntered = onEntered;
    this.seq = seq;
  }

  readonly enter = ({ seq, event }: Pick<JournalRow, 'seq' | 'event'>): void => {
    this.#count(event);
    this.seq = seq;
  };

  enterAll({ events, lastSeq = this.seq }: Added): void {
    for (const event of events) this.#count(event);
    this.seq = lastSeq;
  }

  #count(event: JournalEvent): void {
    record(this.#history, event);
    this.#onEntered?.(event);
  }
}
