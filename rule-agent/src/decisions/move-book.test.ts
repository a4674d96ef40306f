import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildStarted, T0 } from '../../test/build.ts';
import type { PlanValue } from '../model/action-request.ts';
import { emptyHistory, type HistoryBook } from './history-book.ts';
import { record } from './record.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';
import { sumUpStarts } from './spending.ts';

const PLACE = 'warehouse/cache_ttl';

/** A history in which one knob was set from value to value, one episode for each. */
function movedAlong(...values: readonly PlanValue[]): HistoryBook {
  const history = emptyHistory();
  values.slice(1).forEach((to, index) => {
    const episode = `slow-api-${index}`;
    const at = T0 + index * 60_000;
    const plan = { ...buildStarted().plan, from: values[index]!, to };
    record(history, buildDecided({ episode, at }));
    record(history, buildStarted({ episode, at, plan }));
    record(history, buildFinished({ episode, at, plan }));
    record(history, {
      kind: 'verified',
      ...{ at, episode, rule: 'slow-api', verdict: 'inconclusive:not_measured' },
      observedAfter: { status: 'missing', because: 'x' },
    });
  });
  return history;
}

describe('what was moved', () => {
  it('is remembered with both values, and lasts when the journal is shortened', () => {
    const history = movedAlong(2, 120, 2);
    const moves = [
      { atMs: T0, from: 2, to: 120 },
      { atMs: T0 + 60_000, from: 120, to: 2 },
    ];
    expect(history.moves.get(PLACE)).toMatchObject(moves);
    expect(fromSnapshot(toSnapshot(history)).moves.get(PLACE)).toMatchObject(moves);
  });

  it('is no move where a value is not known, or stays the same', () => {
    expect(movedAlong(null, 120).moves.size).toBe(0);
    expect(movedAlong(120, 120).moves.size).toBe(0);
  });

  it('uses up the budget of the agent once, however often it goes back and forth', () => {
    const spending = sumUpStarts(movedAlong(2, 120, 2, 120, 2).actionStarts);
    expect(spending.ofAgent).toHaveLength(1);
    expect(spending.ofRule.get('slow-api')).toHaveLength(4);
  });

  it('uses it up each time where it goes on', () => {
    expect(sumUpStarts(movedAlong(10, 20, 40, 80).actionStarts).ofAgent).toHaveLength(3);
  });
});
