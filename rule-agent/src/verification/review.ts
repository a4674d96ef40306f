import type { VerdictReviewed } from '../model/event.ts';
import type { History, PendingReview } from '../model/history.ts';
import { askPast, describeRival, type Measuring, rivalOf } from './ask-past.ts';
import { lookBack, type LookBack } from './look-back.ts';

/** The improvements whose next look has come. */
export function dueReviews({ reviews }: Pick<History, 'reviews'>, nowMs: number): PendingReview[] {
  return [...reviews.values()].filter((review) => lookAtMs(review) <= nowMs);
}

/** When the next look at an improvement is due. */
export function lookAtMs({ settlesAtMs, measuredAtMs, look }: PendingReview): number {
  return settlesAtMs + look * (measuredAtMs - settlesAtMs);
}

/** Whether an improvement lasted, or why it could not be looked at, this time or for good. */
export type Reviewed = { ok: true; found: LookBack | { because: string } } | { ok: false; because: string };

/** Looks again at an action that had improved its signal. The time of the look has to have come. */
export async function reviewImprovement(review: PendingReview, measuring: Measuring): Promise<Reviewed> {
  const untilMs = lookAtMs(review);
  const span = { startedAtMs: review.startedAtMs, measuredAtMs: untilMs };
  const rival = rivalOf(review.decided, span, measuring.actions.touches);
  if (rival !== undefined) return { ok: true, found: { because: describeRival(rival) } };
  const asked = await askPast(review, untilMs, measuring);
  if (asked.kind === 'failed') return { ok: false, because: asked.because };
  if (asked.kind === 'nothing') return { ok: true, found: { because: asked.because } };
  return { ok: true, found: lookBack(asked.question, review.look) };
}

/** What a look has found; without it, why it found nothing: then the verdict stays. */
export function reviewed(
  { decided, look }: PendingReview,
  found: LookBack | { because: string },
  nowMs: number,
): VerdictReviewed {
  const { episode, rule } = decided;
  const event = { kind: 'verdict_reviewed', at: nowMs, episode, rule, look } as const;
  if ('because' in found) return { ...event, verdict: 'improved', because: found.because };
  const { faded, judgement, decline } = found;
  return {
    ...event,
    verdict: faded ? 'improved_but_faded' : 'improved',
    ...{ judgement, ...(decline && { decline }) },
  };
}
