import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildRule, buildStarted, T0 } from '../../test/build.ts';
import type { JournalEvent, Look, Verdict } from '../model/event.ts';
import { trackKey } from '../model/history.ts';
import { openClaims } from './claims.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';
import { fromSnapshot, toSnapshot } from './snapshot.ts';

const WINDOW_MS = 900_000;
const { expect: expected } = buildRule();

/** An episode from its decision to its verdict. */
function episodeWith(verdict: Verdict, episode = 'slow-api-1'): JournalEvent[] {
  return [
    buildDecided({ episode, expect: { ...expected, windowMs: WINDOW_MS } }),
    buildStarted({ episode }),
    buildFinished({ episode }),
    {
      ...{ kind: 'verified', at: T0 + 1_000_000, episode, rule: 'slow-api', verdict },
      observedAfter: { status: 'missing', because: 'gone' },
    },
  ];
}

function reviewed(look: Look, hasFaded: boolean, episode = 'slow-api-1'): JournalEvent {
  const verdict = hasFaded ? 'improved_but_faded' : 'improved';
  return { kind: 'verdict_reviewed', at: T0 + 2_000_000, episode, rule: 'slow-api', look, verdict };
}

function after(...events: JournalEvent[]) {
  const history = emptyHistory();
  for (const event of events) record(history, event);
  const track = history.tracks.get(trackKey('slow-api', '{job="warehouse"}'))!;
  return { history, reviews: [...history.reviews.values()], results: track.results };
}

describe('an improvement', () => {
  it('waits for its second look, and then for its third, holding nothing', () => {
    const { history, reviews } = after(...episodeWith('improved'));
    expect(reviews).toMatchObject([
      { look: 2, startedAtMs: T0 + 10, measuredAtMs: T0 + 20 + expected.settleMs + WINDOW_MS },
    ]);
    expect(history.openEpisodes.size).toBe(0);
    expect(openClaims(history)).toMatchObject({ resources: new Map(), measured: [] });
    expect(fromSnapshot(toSnapshot(history)).reviews).toEqual(history.reviews);
    expect(after(...episodeWith('improved'), reviewed(2, false)).reviews).toMatchObject([{ look: 3 }]);
    expect(after(...episodeWith('improved'), reviewed(2, false), reviewed(3, false)).reviews).toEqual([]);
  });

  it.each(['no_effect', 'worsened', 'inconclusive:not_clear'] as const)('is what %s is not', (verdict) => {
    expect(after(...episodeWith(verdict)).reviews).toEqual([]);
  });

  it('is not looked at any more once somebody wants it reverted', () => {
    const { plan } = buildStarted();
    const { target, targetKey, ruleVersion, cooldownMs } = buildDecided();
    const revert: JournalEvent = {
      ...{
        kind: 'revert_requested',
        at: T0,
        rule: 'slow-api',
        episode: 'slow-api-1',
        by: 'ann',
        because: 'no',
      },
      ...{ target, targetKey, ruleVersion, cooldownMs, plan },
    };
    expect(after(...episodeWith('improved'), revert).reviews).toEqual([]);
  });
});

describe('an improvement that faded', () => {
  const useless = (episode: string) => episodeWith('no_effect', episode);

  it('counts as one without effect, and so do those again that it had wiped out', () => {
    const { results, reviews } = after(
      ...[...useless('a'), ...useless('b'), ...episodeWith('improved'), ...useless('c')],
      reviewed(2, true),
    );
    expect(results.useless).toBe(4);
    expect(reviews).toEqual([]);
  });

  it('counts for nothing once another action has helped', () => {
    const { results } = after(
      ...[...useless('a'), ...episodeWith('improved'), ...episodeWith('improved', 'slow-api-2')],
      reviewed(2, true),
    );
    expect(results.useless).toBe(0);
  });

  it('counts for nothing once a person has given the rule another chance', () => {
    const { target, targetKey, ruleVersion } = buildDecided();
    const reset: JournalEvent = {
      ...{ kind: 'breaker_reset', at: T0, rule: 'slow-api', by: 'ann', because: 'mended' },
      ...{ target, targetKey, ruleVersion },
    };
    const { results } = after(...useless('a'), ...episodeWith('improved'), reset, reviewed(2, true));
    expect(results.useless).toBe(0);
  });
});
