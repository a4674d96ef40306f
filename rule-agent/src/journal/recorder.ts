import { setImmediate as turn } from 'node:timers/promises';
import { type HistoryBook, record } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Added, Journal } from './journal.ts';
import type { Restored } from './restore.ts';

/** Writes events, then lets them count: what is not in the journal has not happened. */
export interface Recorder {
  /**
   * Many events are written piece by piece, in their order, so that others can work meanwhile.
   *
   * @throws EvenkeelError JOURNAL_WRITE_FAILED or JOURNAL_STANDBY, and then nothing counts from the piece that failed on
   */
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /** Leaves out what is in the journal already; returns how many were new. */
  recordNew: (events: readonly JournalEvent[]) => Promise<number>;
  /** Lets count what is in the journal and has not been written here: by another agent, or before an answer was lost. */
  catchUp: () => Promise<void>;
  /** The row up to which the history knows the journal. */
  lastSeq: () => number;
}

export interface RecorderListener {
  /** Told of every piece as soon as it is written. */
  onRecorded(events: readonly JournalEvent[]): void;
  onWriteFailed(): void;
  /** The history knows more of the journal than before. */
  onMoved?: () => void;
}

/** So many events are written in a few milliseconds. */
const PIECE = 100;

export function createRecorder(
  journal: Journal,
  { history, seq }: Restored,
  listener: RecorderListener,
): Recorder {
  const book = new Book(history, seq);
  let previous: Promise<unknown> = Promise.resolve();
  // One after the other: what is written while the journal is read would be entered twice, or not at all.
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = previous.then(work);
    previous = result.catch(() => undefined);
    return result;
  };
  const write = async (work: () => Promise<Added>) => {
    try {
      const { events, lastSeq } = await work();
      book.enter(events, lastSeq);
      listener.onRecorded(events);
      listener.onMoved?.();
      return events.length;
    } catch (error) {
      listener.onWriteFailed();
      throw error;
    }
  };
  return {
    async record(events) {
      if (events.length === 0) return;
      await inTurn(async () => {
        for (let first = 0; first < events.length; first += PIECE) {
          if (events.length > PIECE) await turn();
          const piece = events.slice(first, first + PIECE);
          await write(async () => ({ events: piece, lastSeq: await journal.append(piece) }));
        }
      });
    },
    recordNew: (events) => inTurn(() => write(() => journal.appendNew(events))),
    catchUp: () =>
      inTurn(async () => {
        const before = book.seq;
        for await (const row of journal.replay(book.seq)) book.enter([row.event], row.seq);
        if (book.seq > before) listener.onMoved?.();
      }),
    lastSeq: () => book.seq,
  };
}

/** The history, and the row up to which it knows the journal. */
class Book {
  readonly #history: HistoryBook;
  seq: number;

  constructor(history: HistoryBook, seq: number) {
    this.#history = history;
    this.seq = seq;
  }

  enter(events: readonly JournalEvent[], lastSeq: number | undefined): void {
    for (const event of events) record(this.#history, event);
    if (lastSeq !== undefined) this.seq = Math.max(this.seq, lastSeq);
  }
}
