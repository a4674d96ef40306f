import { describe, expect, it } from '@jest/globals';
import { atOnce } from '@evenkeel/toolkit';
import fc from 'fast-check';
import { buildMatch, buildRule, POLICY, T0, buildFacts } from '../../test/build.ts';
import type { Match } from '../model/match.ts';
import { decide } from './decide.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';
import { observe } from './track-book.ts';

/** What is journalled when a condition that need not hold all the time is seen as given: f fires, b between, c clear. */
function seen(outcomes: string, holding = { firing: 3, of: 4 }): string[] {
  const history = emptyHistory();
  const rule = buildRule({ mode: 'shadow', holding });
  return Array.from(outcomes, (letter, index) => {
    const outcome = ({ f: 'firing', b: 'between', c: 'clear', u: 'unknown' } as const)[letter]!;
    const matches: Match[] = [buildMatch({ rule, outcome: outcome, because: 'x' })];
    const nowMs = T0 + index * 2_000;
    const decisions = atOnce(
      decide({ rules: [rule], matches, facts: buildFacts(), history, policy: POLICY, nowMs }),
    );
    for (const decision of decisions) record(history, decision);
    atOnce(observe(history, matches, nowMs));
    return decisions.map((one) => ('reason' in one ? one.reason : one.kind)).join(' ');
  });
}

describe('a condition that has to hold in three of the last four cycles', () => {
  it('may be away once', () => {
    expect(seen('fcff')).toEqual(['firing_started', '', '', 'decided']);
    expect(seen('fff')).toEqual(['firing_started', '', 'decided']);
  });

  it('goes on waiting while it is away for long enough to matter, and no longer', () => {
    expect(seen('fccff')).toEqual(['firing_started', '', '', '', '']);
    expect(seen('fcccc')).toEqual(['firing_started', '', '', '', 'clear']);
  });

  it('starts anew after something was not known', () => {
    expect(seen('ffuff')).toEqual(['firing_started', '', 'suppressed', 'interrupted firing_started', '']);
  });

  it('acts exactly when the last cycles hold often enough, whatever came before', () => {
    const letters = fc.array(fc.constantFrom('f', 'b', 'c'), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(
        letters,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 4 }),
        (given, firing, more) => {
          const of = firing + more;
          const acted = seen(given.join(''), { firing, of }).findIndex((one) => one.includes('decided'));
          const expected = given.findIndex(
            (letter, index) =>
              letter === 'f' &&
              given.slice(Math.max(0, index + 1 - of), index + 1).filter((one) => one === 'f').length >=
                firing,
          );
          expect(acted).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
