import type { JournalEvent } from '../model/event.ts';

/** What is written in one transaction, so that nobody waits long for it. */
export interface PartSize {
  rows: number;
  /** As JSON; an event that is larger is a part of its own. */
  bytes: number;
}

/** The events in their order, cut into parts. Each part is measured when it is asked for. */
export function* partsOf(
  events: readonly JournalEvent[],
  { rows, bytes }: PartSize,
): Generator<JournalEvent[]> {
  let part: JournalEvent[] = [];
  let size = 0;
  for (const event of events) {
    const added = sizeOf(event);
    if (part.length > 0 && (part.length === rows || size + added > bytes)) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(event);
    size += added;
  }
  if (part.length > 0) yield part;
}

/** In characters, which stand for bytes: what counts is the order of magnitude. Nothing for what is no JSON: the journal says so. */
function sizeOf(event: JournalEvent): number {
  try {
    return JSON.stringify(event).length;
  } catch {
    return 0;
  }
}
