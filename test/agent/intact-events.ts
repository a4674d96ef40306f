import { expect } from '@jest/globals';
import type { Journal } from '../../rule-agent/src/journal/index.ts';
import type { JournalEvent } from '../../rule-agent/src/model/event.ts';

/** All that is in a journal, oldest first, of a chain that holds; closes it. */
export async function intactEvents(journal: Journal): Promise<JournalEvent[]> {
  try {
    expect(await journal.verifyChain()).toMatchObject({ intact: true });
    const events: JournalEvent[] = [];
    for await (const { event } of journal.replay(0)) events.push(event);
    return events;
  } finally {
    await journal.close();
  }
}
