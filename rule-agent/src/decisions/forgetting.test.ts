import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import type { Verdict } from '../model/judgement.ts';
import { forgetWhatIsOver } from './forgetting.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';

const DAY_MS = 86_400_000;

/** A history with one action that came to this verdict, on a target of which nothing is known any more. */
function historyAfter(verdict: Verdict) {
  const history = emptyHistory();
  for (const event of [buildDecided(), buildStarted(), buildFinished()]) record(history, event);
  const of = { episode: 'slow-api-1', rule: 'slow-api' };
  const observedAfter = { status: 'missing', because: 'x' } as const;
  record(history, { kind: 'verified', at: T0, ...of, verdict, observedAfter });
  forgetWhatIsOver(history, T0);
  return history;
}

describe('an agent that runs for long', () => {
  it('remembers for 30 days that a rule did harm to a target that is gone', () => {
    const history = historyAfter('worsened');
    forgetWhatIsOver(history, T0 + 30 * DAY_MS);
    expect([...history.tracks.values()]).toMatchObject([{ results: { worsened: 1 } }]);
    forgetWhatIsOver(history, T0 + 31 * DAY_MS);
    expect(history.tracks.size).toBe(0);
  });

  it('remembers what did harm to a target that is there for as long as it is there', () => {
    const history = historyAfter('worsened');
    for (const track of history.tracks.values()) track.knownAtMs = T0 + 400 * DAY_MS;
    forgetWhatIsOver(history, T0 + 400 * DAY_MS);
    expect(history.tracks.size).toBe(1);
  });

  it('remembers what was moved for as long as a turn back counts', () => {
    const history = historyAfter('improved');
    forgetWhatIsOver(history, T0 + 13 * DAY_MS);
    expect(history.moves.size).toBe(1);
    forgetWhatIsOver(history, T0 + 15 * DAY_MS);
    expect(history.moves.size).toBe(0);
  });

  it('forgets pauses a day after their end, and none without an end', () => {
    const history = emptyHistory();
    const pause = { reason: 'stocktaking', createdBy: 'ann', createdAt: T0 };
    const pauses = [
      { ...pause, id: 'a', endsAt: T0 + DAY_MS },
      { ...pause, id: 'b' },
    ];
    for (const one of pauses) record(history, { kind: 'pause_created', at: T0, pause: one });
    forgetWhatIsOver(history, T0 + 2 * DAY_MS);
    expect([...history.pauses.keys()]).toEqual(['a', 'b']);
    forgetWhatIsOver(history, T0 + 3 * DAY_MS);
    expect([...history.pauses.keys()]).toEqual(['b']);
  });
});
