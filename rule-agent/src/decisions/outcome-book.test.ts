import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildFinished, buildRule, buildStarted, T0 } from '../../test/build.ts';
import { EVIDENCE, type JournalEvent, type RuleModeSet, type Verified } from '../model/event.ts';
import { targetKey } from '../model/target.ts';
import { emptyHistory } from './history-book.ts';
import { record } from './record.ts';

const { expect: expected } = buildRule();

function firingOn(index: number) {
  const target = { job: `shop-${String(index).padStart(4, '0')}` };
  const idempotencyKey = createHash('sha256').update(target.job).digest('hex').slice(0, 32);
  const of = { target, targetKey: targetKey(target), episode: target.job, idempotencyKey };
  return buildDecided({ ...of, mode: 'shadow', expect: { ...expected, windowMs: 900_000 } });
}

/** The targets that wait to be judged after all of them fired at once. */
function waitingAfter(order: readonly number[]): string[] {
  const history = emptyHistory();
  for (const index of order) record(history, firingOn(index));
  return [...history.unacted.keys()].sort();
}

describe('the firings that are judged though nobody acted', () => {
  const storm = Array.from({ length: 1_000 }, (_, index) => index);

  it('are 20 of a storm, the same ones in whatever order its targets are looked at', () => {
    const waiting = waitingAfter(storm);
    expect(waiting).toHaveLength(20);
    expect(waitingAfter(storm.toReversed())).toEqual(waiting);
  });

  it('come from everywhere among the targets, and are not the first by their labels', () => {
    const mean = waitingAfter(storm).reduce((sum, job) => sum + Number(job.slice(5)) / 20, 0);
    // The mean of 20 draws from 0 to 999 is 500, with a standard deviation of 65; these keys are fixed.
    expect(Math.abs(mean - 500)).toBeLessThan(3 * 65);
  });

  it('are all of a few', () => {
    expect(waitingAfter(storm.slice(0, 7))).toHaveLength(7);
  });
});

const verified: Verified = {
  ...{ kind: 'verified', at: T0 + 30_000, episode: 'slow-api-1', rule: 'slow-api' },
  verdict: 'inconclusive:not_clear',
  observedAfter: { status: 'missing', because: 'gone' },
  judgement: {
    ...{ verdict: 'inconclusive:not_clear', method: 1 },
    ...{ error: 0.6, spread: 0.3, minimum: 0.15, sigma: 0.5 },
  },
};

const EPISODE = [buildDecided(), buildStarted(), buildFinished(), verified];

function after(...events: JournalEvent[]) {
  const history = emptyHistory();
  for (const event of events) record(history, event);
  return history.outcomes.get('slow-api');
}

function modeSet(by: string, mode?: RuleModeSet['mode']): RuleModeSet {
  return { kind: 'rule_mode_set', at: T0, rule: 'slow-api', by, because: '', ...(mode && { mode }) };
}

describe('what is kept of an episode', () => {
  it('is how it went, what would have counted and how noisy its signal is, whatever its verdict', () => {
    expect(after(...EPISODE)).toMatchObject({
      ruleVersion: 'aaaaaaaaaaaa',
      treated: [{ errorPerSpread: 2, minimumPerSpread: 0.5, spreadInSigmas: 0.6 }],
    });
  });

  it('is nothing where nothing was measured', () => {
    expect(after(...EPISODE.slice(0, 3), { ...verified, judgement: undefined! })).toBeUndefined();
  });

  it('is forgotten when the rule changes', () => {
    const [decided, ...rest] = EPISODE.map((event) => ({
      ...event,
      episode: 'slow-api-2',
    })) as JournalEvent[];
    const changed = { ...decided, ruleVersion: 'bbbbbbbbbbbb' } as JournalEvent;
    expect(after(...EPISODE, changed, ...rest)).toMatchObject({
      ruleVersion: 'bbbbbbbbbbbb',
      treated: [expect.anything()],
    });
  });

  it('no longer counts once a person lets a rule act again that the evidence has set to watch', () => {
    const demoted = modeSet(EVIDENCE, 'shadow');
    expect(after(...EPISODE, demoted)!.treated).toHaveLength(1);
    expect(after(...EPISODE, demoted, modeSet('ada', 'auto'))!.treated).toEqual([]);
    expect(after(...EPISODE, demoted, modeSet('ada'))!.treated).toEqual([]);
    expect(after(...EPISODE, modeSet('ada', 'shadow'), modeSet('ada', 'auto'))!.treated).toHaveLength(1);
  });
});
