import { formatDuration } from '@evenkeel/toolkit';
import type { VerdictReviewed, Verified } from '../model/event.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Expectation } from '../model/rule.ts';
import type { InconclusiveReason } from '../verification/index.ts';

/** What a verdict says, for whoever has just been woken: what was seen, what would have been, and how sure that is. */
export function describeVerdict(
  { verdict, judgement, because, review }: Told,
  { signal }: Pick<Expectation, 'signal'>,
): string {
  if (review?.verdict === 'improved_but_faded') return describeFaded(signal, judgement, review);
  const reason = verdict.startsWith('inconclusive:') ? verdict.slice('inconclusive:'.length) : undefined;
  const figures = judgement === undefined ? '' : describeFigures(signal, judgement);
  const opening =
    reason === undefined ? OPENINGS[verdict as keyof typeof OPENINGS] : cannotTell(reason, because);
  const clearing = judgement === undefined ? '' : describeClearing(judgement);
  return [opening, figures, clearing].filter((text) => text !== '').join(' ');
}

/** A verdict, and the last look at whether it lasts. */
type Told = Pick<Verified, 'verdict' | 'judgement' | 'because'> & { review?: VerdictReviewed | undefined };

function describeFaded(
  signal: string,
  first: Judgement | undefined,
  { judgement, look }: VerdictReviewed,
): string {
  const figures = first === undefined ? '' : ` At first: ${describeFigures(signal, first)}`;
  const { observed, counterfactual } = judgement ?? {};
  const after = look === 2 ? 'In the window after that' : `In the ${look - 1} windows after that`;
  const rest =
    observed === undefined || counterfactual === undefined
      ? ''
      : ` ${after} it was ${round(observed)}, and ${round(counterfactual)} was to be expected without the action.`;
  return `It helped, but that did not last.${figures}${rest}`;
}

const OPENINGS = {
  improved: 'It helped.',
  improved_but_faded: 'It helped, but that did not last.',
  worsened: 'It made things worse.',
  no_effect: 'It made no difference that counts.',
} as const;

/** Why nothing can be said, by the reasons of verdicts. */
export const REASONS: Readonly<Record<InconclusiveReason, string>> = {
  not_measured: 'nothing was measured',
  missing_data: 'too much of the signal is missing',
  insufficient_history: 'the signal has been recorded for less than two days',
  signal_does_not_move: 'the signal never moves',
  switchback_cut_short: 'its switchback was cut short',
  confounded: 'another action moved the same in the same time',
  too_few_comparable_moments: 'the rule has been left alone too rarely to compare with',
  signal_has_changed: 'the signal has behaved differently of late than it ever did before',
  not_clear: 'it may be chance',
};

function cannotTell(reason: string, because: string | undefined): string {
  // An older journal may have reasons that are no longer given.
  const text = reason in REASONS ? REASONS[reason as InconclusiveReason] : reason;
  return `Whether it helped cannot be told: ${because === undefined ? text : `${text} (${because})`}.`;
}

function describeFigures(signal: string, judgement: Judgement): string {
  const { observed, counterfactual, effect, low, high, relative, smallestVisible } = judgement;
  if (observed === undefined || counterfactual === undefined || effect === undefined) return '';
  const interval =
    low === undefined || high === undefined ? '' : `, 90 % sure between ${signed(low)} and ${signed(high)}`;
  const share = relative === undefined ? '' : `, ${Math.round(100 * Math.abs(relative))} %`;
  const sentences = [
    `${signal} was ${round(observed)} on average; ${round(counterfactual)} was to be expected without the action.`,
    `That is ${round(Math.abs(effect))} ${effect < 0 ? 'worse' : 'better'}${share}${interval}.`,
    comparisonOf(judgement),
  ];
  if (smallestVisible !== undefined && Math.abs(effect) < smallestVisible) {
    sentences.push(`An effect of less than ${round(smallestVisible)} could not have been seen.`);
  }
  return sentences.join(' ');
}

/** When the condition had cleared, and how long that takes by itself: no part of the verdict, and what people ask first. */
function describeClearing({ clearedAfterMs, timeToClear }: Judgement): string {
  const own =
    clearedAfterMs === undefined
      ? ''
      : `Its condition had cleared ${formatDuration(clearedAfterMs)} after the action.`;
  if (timeToClear === undefined) return own;
  const { firings, lowerMs, medianMs } = timeToClear;
  const [share, withinMs] =
    medianMs === undefined ? (['a quarter', lowerMs] as const) : (['half', medianMs] as const);
  const alone =
    withinMs === undefined
      ? `By itself it cleared in fewer than a quarter of ${firings} firings.`
      : `By itself it took ${formatDuration(withinMs)} at most in ${share} of ${firings} firings.`;
  return [own, alone].filter((text) => text !== '').join(' ');
}

function comparisonOf({ moments, switchback }: Judgement): string {
  if (switchback !== undefined) {
    const count = switchback.blocks.length;
    return `It was on in ${count / 2} of ${count} blocks and off in the others, in an order that was drawn before.`;
  }
  if (moments === undefined) return '';
  return `Compared with ${moments.count} firings that were left alone${moments.lowered ? ', most of them milder' : ''}.`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${round(value)}`;
}

/** Three digits that count. */
function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
