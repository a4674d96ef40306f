import { type HistoryBook, record } from '../decisions/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Journal } from './journal.ts';

/** Writes events, then lets them count: what is not in the journal has not happened. */
export interface Recorder {
  /** @throws EvenkeelError JOURNAL_WRITE_FAILED, and then nothing counts */
  record: (events: readonly JournalEvent[]) => Promise<void>;
  /** Leaves out what is in the journal already; returns how many were new. */
  recordNew: (events: readonly JournalEvent[]) => Promise<number>;
}

export interface RecorderListener {
  onRecorded(event: JournalEvent): void;
  onWriteFailed(): void;
}

export function createRecorder(journal: Journal, history: HistoryBook, listener: RecorderListener): Recorder {
  const write = async (work: () => Promise<readonly JournalEvent[]>) => {
    try {
      const written = await work();
      for (const event of written) {
        record(history, event);
        listener.onRecorded(event);
      }
      return written.length;
    } catch (error) {
      listener.onWriteFailed();
      throw error;
    }
  };
  return {
    async record(events) {
      if (events.length === 0) return;
      await write(() => journal.append(events).then(() => events));
    },
    recordNew: (events) => write(() => journal.appendNew(events)),
  };
}
