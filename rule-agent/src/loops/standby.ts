import { type HistoryBook, resumeFirings } from '../decisions/index.ts';
import type { Journal, Leadership, Recorder } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';

/** Whether this agent is the active one, or stands by for the one that is. */
export interface Standby {
  /**
   * Brings the history up to date where another agent may have written, and takes over when this one has begun to lead.
   *
   * @returns whether this agent is the active one
   */
  update: () => Promise<boolean>;
  /** Whether this agent may act right now: it leads, and has taken over. */
  isActive: () => boolean;
}

export interface StandbyOptions {
  leadership: Leadership;
  journal: Journal;
  recorder: Recorder;
  history: HistoryBook;
  /** What is noted when this agent begins to lead. */
  onLead: () => readonly JournalEvent[];
}

export function createStandby(options: StandbyOptions): Standby {
  const { leadership, journal, recorder, history } = options;
  // A lead that was lost and taken again has another token: others may have acted in between, unseen by those who only ask who leads.
  let takenOver: { token: number | undefined } | undefined;
  const hasTakenOver = () => takenOver !== undefined && takenOver.token === leadership.token();
  return {
    isActive: () => hasTakenOver() && leadership.leads(),
    async update() {
      const leads = leadership.leads();
      const token = leadership.token();
      if (!leads || !hasTakenOver()) takenOver = undefined;
      await recorder.catchUp();
      if (leads && takenOver === undefined) {
        resumeFirings(history, await journal.lastBeatMs());
        await recorder.record(options.onLead());
        takenOver = { token };
      }
      return leads;
    },
  };
}
