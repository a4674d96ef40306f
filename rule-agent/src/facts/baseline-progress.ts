import {
  BASELINE_POINTS_NEEDED,
  BASELINE_RANGE_SECONDS,
  READY_SHARE,
  REFERENCE_DEVIATION,
} from '@evenkeel/signals';
import { coversLabels, type Target } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import type { VectorSample } from '../prometheus/samples.ts';
import { quotePattern } from './signal-book.ts';

/** How far the baseline of a signal has come on a target, or why that cannot be told. */
export type BaselineProgress = { points: number; needed: number; readyAtMs: number } | { because: string };

/** What a baseline needs, as the recording rules have it. */
const TERMS_QUERY = `{__name__=~"${BASELINE_RANGE_SECONDS}|${BASELINE_POINTS_NEEDED}"}`;

/**
 * How far the baselines of some signals have come, in two small queries: for whoever asks, not for every cycle.
 *
 * The time given is the earliest: when no point is missing until then, and none of those that are there becomes too old before.
 */
export async function readBaselineProgress(
  signals: readonly string[],
  ask: (promql: string) => Promise<QueryResult>,
): Promise<(signal: string, target: Target) => BaselineProgress> {
  const terms = termsOf(await ask(TERMS_QUERY));
  if ('because' in terms) return () => terms;
  const names = signals.map(quotePattern).join('|');
  const matchers = `reference="day", signal=~"${names}"`;
  const counted = await ask(`count_over_time(${REFERENCE_DEVIATION}{${matchers}}[${terms.rangeSeconds}s])`);
  if (!counted.ok) return () => ({ because: counted.because });
  return (signal, target) => {
    const labels = { ...target, signal };
    return progressOf(
      counted.samples.filter((sample) => coversLabels(sample.labels, labels)),
      terms,
    );
  };
}

interface Terms {
  rangeSeconds: number;
  needed: number;
}

function termsOf(answer: QueryResult): Terms | { because: string } {
  if (!answer.ok) return { because: answer.because };
  const [rangeSeconds, needed] = [BASELINE_RANGE_SECONDS, BASELINE_POINTS_NEEDED].map((name) =>
    onlyValue(answer.samples.filter(({ labels }) => labels.__name__ === name)),
  );
  return rangeSeconds === undefined || needed === undefined
    ? {
        because: `Prometheus does not have ${BASELINE_RANGE_SECONDS} and ${BASELINE_POINTS_NEEDED} once each`,
      }
    : { rangeSeconds, needed };
}

/** Of one series, above zero; else nothing can be told from it. */
function onlyValue(samples: readonly VectorSample[]): number | undefined {
  const [first, second] = samples;
  if (first === undefined || second !== undefined) return undefined;
  return typeof first.value === 'number' && first.value > 0 ? first.value : undefined;
}

function progressOf(samples: readonly VectorSample[], { rangeSeconds, needed }: Terms): BaselineProgress {
  const points = onlyValue(samples);
  if (points === undefined) {
    return {
      because: samples.length > 1 ? 'several series fit the target' : 'there are no points of it yet',
    };
  }
  const secondsApart = (READY_SHARE * rangeSeconds) / needed;
  const missing = Math.max(0, needed - points);
  return { points, needed, readyAtMs: samples[0]!.atMs + Math.ceil(missing * secondsApart) * 1000 };
}
