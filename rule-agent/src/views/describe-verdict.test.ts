import { describe, expect, it } from '@jest/globals';
import type { VerdictReviewed } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import { INCONCLUSIVE } from '../verification/index.ts';
import { describeVerdict, REASONS } from './describe-verdict.ts';

const expected = { signal: 'api_latency_p95_seconds' };
const judgement: Judgement = {
  ...{ verdict: 'improved', method: 1, observed: 0.2134, counterfactual: 0.95, effect: 0.7366 },
  ...{ low: 0.31, high: 1.1, relative: 0.775, minimum: 0.1, smallestVisible: 0.4 },
  moments: { count: 34, effective: 34, lowered: false, mean: 0.1 },
};

describe('a verdict in words', () => {
  it('says what was seen, what would have been, and how sure that is', () => {
    expect(describeVerdict({ verdict: 'improved', judgement }, expected)).toBe(
      'It helped. api_latency_p95_seconds was 0.213 on average; 0.95 was to be expected without the action. ' +
        'That is 0.737 better, 78 %, 90 % sure between +0.31 and +1.1. Compared with 34 firings that were left alone.',
    );
  });

  it('says how often an action was on and off, where that is what it is judged by', () => {
    const { moments: _moments, ...others } = judgement;
    const blocks = [true, false, true, false, false, true].map((isOn) => ({ isOn, mean: 1 }));
    expect(
      describeVerdict({ verdict: 'improved', judgement: { ...others, switchback: { blocks } } }, expected),
    ).toBe(
      'It helped. api_latency_p95_seconds was 0.213 on average; 0.95 was to be expected without the action. ' +
        'That is 0.737 better, 78 %, 90 % sure between +0.31 and +1.1. ' +
        'It was on in 3 of 6 blocks and off in the others, in an order that was drawn before.',
    );
  });

  it('says which effect could not have been seen', () => {
    const verdict = 'inconclusive:not_clear';
    const small = { ...judgement, verdict, effect: -0.05, relative: -0.06, low: -0.5 } as const;
    const text = describeVerdict({ verdict, judgement: small }, expected);
    expect(text).toContain('Whether it helped cannot be told: it may be chance.');
    expect(text).toContain('That is 0.05 worse, 6 %, 90 % sure between -0.5 and +1.1.');
    expect(text).toContain('An effect of less than 0.4 could not have been seen.');
  });

  it('says that an improvement did not last, and what came after it', () => {
    const later = { ...judgement, observed: 0.9, counterfactual: 0.8 };
    const review: VerdictReviewed = {
      kind: 'verdict_reviewed',
      ...{ at: 0, episode: 'slow-api-1', rule: 'slow-api', look: 3 },
      ...{ verdict: 'improved_but_faded', judgement: later },
    };
    const text = describeVerdict({ verdict: 'improved', judgement, review }, expected);
    expect(text).toMatch(
      /^It helped, but that did not last\. At first: api_latency_p95_seconds was 0\.213 on average; /,
    );
    expect(text).toMatch(
      / In the 2 windows after that it was 0\.9, and 0\.8 was to be expected without the action\.$/,
    );
  });

  it('says when the condition had cleared, and how long that takes by itself', () => {
    const verdict = 'inconclusive:not_clear';
    const textOf = (of: Partial<Judgement>) =>
      describeVerdict({ verdict, judgement: { verdict, method: 1, ...of } }, expected);
    expect(
      textOf({ clearedAfterMs: 180_000, timeToClear: { firings: 14, lowerMs: 300_000, medianMs: 720_000 } }),
    ).toBe(
      'Whether it helped cannot be told: it may be chance. Its condition had cleared 3m after the action. ' +
        'By itself it took 12m at most in half of 14 firings.',
    );
    expect(textOf({ timeToClear: { firings: 9, lowerMs: 300_000 } })).toContain(
      'By itself it took 5m at most in a quarter of 9 firings.',
    );
    expect(textOf({ timeToClear: { firings: 9 } })).toContain(
      'By itself it cleared in fewer than a quarter of 9 firings.',
    );
  });

  it('says why nothing is known', () => {
    const because = 'the rule has no expect.window to measure over';
    expect(describeVerdict({ verdict: 'inconclusive:not_measured', because }, expected)).toBe(
      `Whether it helped cannot be told: nothing was measured (${because}).`,
    );
  });

  it('has words for every reason, and passes on one that it does not know', () => {
    for (const reason of INCONCLUSIVE) {
      const text = describeVerdict({ verdict: `inconclusive:${reason}` }, expected);
      expect(text).toBe(`Whether it helped cannot be told: ${REASONS[reason]}.`);
    }
    expect(describeVerdict({ verdict: 'inconclusive:aliens' }, expected)).toContain(': aliens.');
  });
});
