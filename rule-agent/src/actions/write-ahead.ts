import type { JournalEvent } from '../model/event.ts';

/**
 * Goes before everything that is sent, also a second time: writes the events that say so, and makes sure that the journal can be
 * written when they are in it already.
 *
 * Durable before it resolves; when it rejects, nothing may be sent.
 */
export type WriteAhead = (events: readonly JournalEvent[]) => Promise<void>;
