import { record, type RecordingRule, withRanges } from './rules.ts';
import {
  SIGNAL_BOUND,
  SIGNAL_SAMPLES,
  SIGNAL_VALUE,
  type Signal,
  type SignalRatio,
  type Timing,
} from './signal.ts';
import { type BoundSide, wilsonBoundQuery } from './wilson.ts';

const BOUNDS: readonly BoundSide[] = ['low', 'high'];

/** A signal that is a share of a sample. */
export type RatioSignal = Signal & { ratio: SignalRatio };

export function isRatio(signal: Signal): signal is RatioSignal {
  return signal.ratio !== undefined;
}

/** The rule that records a signal under the common name, with its name, domain and unit as labels. */
export function recordingRule(signal: Signal, timing: Timing): RecordingRule {
  return record(SIGNAL_VALUE, withRanges(valueQuery(signal), timing), labelsOf(signal));
}

/** The rules that record the size of every ratio's sample; it is there, and 0, while the ratio is missing for want of one. */
export function sampleRules(signals: readonly Signal[], timing: Timing): RecordingRule[] {
  return signals
    .filter(isRatio)
    .map((signal) =>
      record(
        SIGNAL_SAMPLES,
        withRanges(signal.ratio.samples ?? signal.ratio.whole, timing),
        labelsOf(signal),
      ),
    );
}

/** The two rules that record what the samples of the ratios prove, after value and samples. */
export function boundRules(signals: readonly Signal[]): RecordingRule[] {
  const ratios = signals.filter(isRatio);
  if (ratios.length === 0) return [];
  return BOUNDS.map((bound) => record(SIGNAL_BOUND, boundQuery(ratios, bound), { bound }));
}

function boundQuery(ratios: readonly RatioSignal[], bound: BoundSide): string {
  const confidences = [...new Set(ratios.map(({ ratio }) => ratio.confidence))];
  const queries = confidences.map((confidence) => {
    const names = ratios.filter(({ ratio }) => ratio.confidence === confidence).map(({ name }) => name);
    const of = `{signal=~"${names.join('|')}"}`;
    const sample = { share: `${SIGNAL_VALUE}${of}`, size: `(${SIGNAL_SAMPLES}${of} > 0)` };
    return wilsonBoundQuery(sample, confidence, bound);
  });
  return queries.join(' or ');
}

function valueQuery({ promql, ratio }: Signal): string {
  return ratio === undefined ? (promql ?? '') : `(${ratio.part}) / ((${ratio.whole}) > 0)`;
}

function labelsOf({ name, domain, unit }: Signal): Record<string, string> {
  return { signal: name, domain, unit };
}
