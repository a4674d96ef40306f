import { atOnce } from '@evenkeel/toolkit';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildFacts, buildMatch, buildRule, POLICY, T0 } from '../../test/build.ts';
import type { JournalEvent } from '../model/event.ts';
import type { MatchOutcome } from '../model/match.ts';
import type { Mode } from '../model/rule.ts';
import { decide, type Situation } from './decide.ts';
import { explainMatch } from './explain.ts';
import { GUARD_NAMES } from './guards/index.ts';
import { emptyHistory, type HistoryBook } from './history-book.ts';
import { record } from './record.ts';
import { observe } from './track-book.ts';

/** What happens to one rule on one target before it is asked about. */
interface Turn {
  outcome: MatchOutcome;
  mode: Exclude<Mode, 'off'>;
  meanwhile?: 'pause' | 'unpause' | 'approve';
}

const turns = fc.array(
  fc.record(
    {
      outcome: fc.constantFrom<MatchOutcome>('firing', 'firing', 'between', 'clear', 'unknown'),
      mode: fc.constantFrom<Turn['mode']>('shadow', 'approve', 'auto'),
      meanwhile: fc.constantFrom<NonNullable<Turn['meanwhile']>>('pause', 'unpause', 'approve'),
    },
    { requiredKeys: ['outcome', 'mode'] },
  ),
  { maxLength: 30 },
);

function eventsOf({ meanwhile }: Turn, history: HistoryBook, at: number): JournalEvent[] {
  const [open] = history.openEpisodes.values();
  switch (meanwhile) {
    case 'pause': {
      const pause = { id: 'p', reason: 'stocktaking', createdBy: 'ann', createdAt: at };
      return [{ kind: 'pause_created', at, pause }];
    }
    case 'unpause':
      return [{ kind: 'pause_ended', at, id: 'p', endedBy: 'ann' }];
    case 'approve':
      if (open === undefined) return [];
      return [{ kind: 'approval_given', at, episode: open.decided.episode, rule: 'slow-api', by: 'ann' }];
    default:
      return [];
  }
}

/** Plays turns, and hands each situation over before it is decided. */
function play(all: readonly Turn[], look: (situation: Situation) => void): void {
  const history = emptyHistory();
  all.forEach((turn, index) => {
    const nowMs = T0 + index * 6_000;
    for (const event of eventsOf(turn, history, nowMs)) record(history, event);
    const rule = buildRule({ mode: turn.mode });
    const matches = [buildMatch({ rule, outcome: turn.outcome, because: 'latency is missing: gone' })];
    const situation = { rules: [rule], matches, facts: buildFacts(), history, policy: POLICY, nowMs };
    look(situation);
    for (const decision of atOnce(decide(situation))) record(history, decision);
    atOnce(observe(history, matches, nowMs));
  });
}

describe('explainMatch', () => {
  it('says that it acts exactly where decide does, and blames the guard that decide records', () => {
    fc.assert(
      fc.property(turns, (all) => {
        play(all, (situation) => {
          const { acts, text, guards } = explainMatch(situation.matches[0]!, situation);
          const decided = atOnce(decide(situation));
          expect(acts).toBe(
            decided.some(({ kind, ...event }) =>
              kind === 'decided' ? 'mode' in event && event.mode !== 'shadow' : kind === 'released',
            ),
          );
          expect(guards.map(({ guard }) => guard)).toEqual(GUARD_NAMES);
          const suppressed = decided.find((event) => event.kind === 'suppressed');
          if (suppressed === undefined) return;
          expect(text).toBe(`${suppressed.guard}: ${suppressed.because}`);
          expect(guards.find(({ objection }) => objection !== undefined)?.guard).toBe(suppressed.guard);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing behind: asked twice it says the same', () => {
    fc.assert(
      fc.property(turns, (all) => {
        play(all, (situation) => {
          const ask = () => explainMatch(situation.matches[0]!, situation);
          expect(ask()).toEqual(ask());
        });
      }),
      { numRuns: 20 },
    );
  });
});
