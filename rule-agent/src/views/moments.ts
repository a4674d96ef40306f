import type { JournalRow } from '../journal/index.ts';
import { describeEvent } from './describe.ts';
import { toTime } from './shapes.ts';

/** A row of the journal as the live feed shows it: what happened, in a sentence, and to what. */
export function toJournalMoment({ seq, event }: JournalRow) {
  return {
    id: seq,
    at: toTime(event.at),
    kind: event.kind,
    text: describeEvent(event),
    rule: 'rule' in event ? event.rule : null,
    episode: 'episode' in event ? event.episode : null,
    target: 'target' in event ? event.target : null,
  };
}
