import type { JournalEvent } from '../model/event.ts';
import type { ApiContext } from './context.ts';
import { journalOrProblem } from './problems.ts';

/**
 * Journals what a caller wants done.
 *
 * @param make checks and makes the event when nobody else can write any more: what it finds in the history still holds when the
 *   event is written, whoever else asks for the same at the same time. What it throws is thrown, and nothing is written.
 */
export type Note = (make: () => JournalEvent) => Promise<void>;

export function noteWith({ recorder, leadership }: Pick<ApiContext, 'recorder' | 'leadership'>): Note {
  return (make) => journalOrProblem(leadership, () => recorder.recordIf(() => [make()]));
}
