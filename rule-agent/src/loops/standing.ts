import { type HistoryBook, resumeFirings } from '../decisions/index.ts';
import type { Journal, Leadership, Recorder } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';

/** Whether this agent acts, or stands by for the one that does. */
export interface Standing {
  /** Brings the history up to date where another agent may have written; then says whether this one acts. */
  takeTurn: () => Promise<boolean>;
}

export interface StandingOptions {
  leadership: Leadership;
  journal: Journal;
  recorder: Recorder;
  history: HistoryBook;
  /** What is noted when this agent begins to lead. */
  onLead: () => readonly JournalEvent[];
}

export function createStanding(options: StandingOptions): Standing {
  const { leadership, journal, recorder, history } = options;
  let led = false;
  return {
    async takeTurn() {
      const leads = leadership.leads();
      await recorder.catchUp();
      if (leads && !led) {
        resumeFirings(history, await journal.lastBeatMs());
        await recorder.record(options.onLead());
      }
      led = leads;
      return leads;
    },
  };
}
