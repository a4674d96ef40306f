import { describe, expect, it } from '@jest/globals';
import { T0, warehouse } from '../../test/build.ts';
import { emptyHistory } from '../decisions/index.ts';
import type { FiringStarted, JournalEvent } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import type { Journal } from './journal.ts';
import { createRecorder } from './recorder.ts';

const MANY = 250;
const PART = 100;

const events = Array.from({ length: MANY }, (_, index): FiringStarted => {
  const target = { ...warehouse, instance: String(index) };
  const of = { rule: 'slow-api', ruleVersion: 'a', target, targetKey: targetKey(target) };
  return { kind: 'firing_started', at: T0, facts: {}, ...of };
});

/** A journal that takes a number of events, and then no more. */
function recordingUpTo(most: number) {
  const written: JournalEvent[] = [];
  const append = (added: readonly JournalEvent[]) => {
    if (written.length + added.length > most) return Promise.reject(new Error('the disk is full'));
    written.push(...added);
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
  const recorder = createRecorder(
    { append, partSize: PART } as unknown as Journal,
    { history, seq: 0 },
    listener,
  );
  return { recorder, history, written, counted, entered };
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
});
