import { describe, expect, it } from '@jest/globals';
import { T0, warehouse } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import type { FiringStarted, JournalEvent } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { eventsOf, type Journal, type NewEvents } from './journal.ts';
import { createRecorder } from './recorder.ts';

const MANY = 250;
const PART = 100;

const events = Array.from({ length: MANY }, (_, index): FiringStarted => {
  const target = { ...warehouse, instance: String(index) };
  const of = { rule: 'slow-api', ruleVersion: 'a', target, targetKey: targetKey(target) };
  return { kind: 'firing_started', at: T0, facts: {}, ...of };
});

/** A journal that takes a number of events, and then no more. */
function recordingUpTo(most: number, partSize = { rows: PART, bytes: Infinity }) {
  const written: JournalEvent[] = [];
  const sizes: number[] = [];
  const append = (given: NewEvents) => {
    const added = eventsOf(given);
    if (written.length + added.length > most) return Promise.reject(new Error('the disk is full'));
    written.push(...added);
    sizes.push(added.length);
    return Promise.resolve({ events: added, lastSeq: written.length });
  };
  const history = emptyHistory();
  const counted: JournalEvent[] = [];
  const entered: JournalEvent[] = [];
  const listener = {
    onRecorded: (events: readonly JournalEvent[]) => void counted.push(...events),
    onWriteFailed: () => undefined,
    onEntered: (event: JournalEvent) => void entered.push(event),
  };
  const recorder = createRecorder({ append, partSize } as unknown as Journal, { history, seq: 0 }, listener);
  return { recorder, history, written, sizes, counted, entered };
}

describe('many events at once', () => {
  it('are all written, in their order, and others work meanwhile', async () => {
    const { recorder, history, written } = recordingUpTo(MANY);
    let writtenMeanwhile = 0;
    setImmediate(() => (writtenMeanwhile = written.length));
    await recorder.record(events);
    expect(written).toEqual(events);
    expect(history.tracks.size).toBe(MANY);
    expect(recorder.lastSeq()).toBe(MANY);
    expect(writtenMeanwhile).toBeLessThan(MANY);
  });

  it('count as far as they were written', async () => {
    const { recorder, history, written, counted, entered } = recordingUpTo(MANY - 1);
    await expect(recorder.record(events)).rejects.toThrow('the disk is full');
    expect(written.length).toBeGreaterThan(0);
    expect(counted).toEqual(written);
    expect(entered).toEqual(written);
    expect(history.tracks.size).toBe(written.length);
    expect(recorder.lastSeq()).toBe(written.length);
  });

  it.each(['record', 'recordNew', 'writeAhead'] as const)(
    'keep nobody else from writing between two parts: %s',
    async (write) => {
      const { recorder, written } = recordingUpTo(MANY + 1);
      const stop: JournalEvent = { kind: 'agent_stopped', at: T0 };
      const all = recorder[write](events);
      await recorder.recordIf(() => [stop]);
      expect(written.length).toBe(PART + 1);
      await all;
      expect(written.filter((event) => event !== stop)).toEqual(events);
    },
  );

  it('are parted by their bytes too, and one that is larger than a part is a part', async () => {
    const bytes = 2 * JSON.stringify(events[0]).length + 10;
    const large = { ...events[0]!, ruleVersion: 'v'.repeat(3 * bytes) };
    const { recorder, sizes } = recordingUpTo(MANY, { rows: PART, bytes });
    await recorder.record([...events.slice(0, 3), large, events[4]!]);
    expect(sizes).toEqual([2, 1, 1, 1]);
  });
});
