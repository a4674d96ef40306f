import { describe, expect, it } from '@jest/globals';
import { buildDecided, buildRule, T0 } from '../../test/build.ts';
import type { PendingReview } from '../model/history.ts';
import { dueReviews, NO_ACTIONS, reviewed, reviewImprovement, type Touch } from './index.ts';

const WINDOW_MS = 900_000;
const SETTLES_AT_MS = T0 + 20_000;

const pending: PendingReview = {
  decided: buildDecided({ expect: { ...buildRule().expect, windowMs: WINDOW_MS } }),
  startedAtMs: T0,
  settlesAtMs: SETTLES_AT_MS,
  measuredAtMs: SETTLES_AT_MS + WINDOW_MS,
  look: 2,
};

function isDue(review: PendingReview, nowMs: number): boolean {
  return dueReviews({ reviews: new Map([['slow-api-1', review]]) }, nowMs).length === 1;
}

describe('a later look at an improvement', () => {
  it('comes at the end of the second window after the effect should show, and of the third', () => {
    expect(isDue(pending, SETTLES_AT_MS + 2 * WINDOW_MS - 1)).toBe(false);
    expect(isDue(pending, SETTLES_AT_MS + 2 * WINDOW_MS)).toBe(true);
    expect(isDue({ ...pending, look: 3 }, SETTLES_AT_MS + 3 * WINDOW_MS - 1)).toBe(false);
    expect(isDue({ ...pending, look: 3 }, SETTLES_AT_MS + 3 * WINDOW_MS)).toBe(true);
  });

  it('sees nothing when something else acted on the same in the meantime: the verdict stays', async () => {
    const again = buildDecided({ episode: 'slow-api-2', at: T0 + 2 * WINDOW_MS });
    const touch: Touch = { decided: again, fromMs: again.at, toMs: Infinity };
    const found = await reviewImprovement(pending, {
      ...{ rule: buildRule(), controls: [], isLastTry: false },
      actions: { ...NO_ACTIONS, touches: [touch] },
      read: () => Promise.reject(new Error('there is nothing to be read')),
    });
    const because = 'slow-api acted on the same at the same time';
    expect(found).toMatchObject({ ok: true, found: { because } });
    expect(reviewed(pending, { because }, T0)).toEqual({
      ...{ kind: 'verdict_reviewed', at: T0, episode: 'slow-api-1', rule: 'slow-api' },
      ...{ look: 2, verdict: 'improved', because },
    });
  });

  it('takes the improvement back when it has faded, with what was seen', () => {
    const judgement = { verdict: 'inconclusive:not_clear', method: 1 } as const;
    const decline = { estimate: 0.4, bound: 0.1 };
    expect(reviewed(pending, { faded: true, judgement, decline }, T0)).toMatchObject({
      ...{ verdict: 'improved_but_faded', judgement, decline },
    });
  });
});
