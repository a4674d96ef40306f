import {
  type ConfigDocument,
  type Diagnostic,
  didYouMean,
  firstDiagnostics,
  nearest,
  type TextPlace,
} from '@evenkeel/toolkit';
import type { Rule } from '../model/rule.ts';

/** A signal that a rule names, and where it does. */
export interface NamedSignal {
  signal: string;
  rule: string;
  place: TextPlace;
}

/** The signals of a rule: those of its facts, the one that it expects to move, and those of its guardrails. */
export function signalsOf({ name, facts, expect }: Rule, document: ConfigDocument, index: number) {
  const at = (signal: string, ...path: PropertyKey[]): NamedSignal => ({
    signal,
    rule: name,
    place: document.placeOf(['rules', index, ...path, 'signal']),
  });
  return [
    ...Object.entries(facts).flatMap(([fact, spec]) =>
      'signal' in spec ? [at(spec.signal, 'facts', fact)] : [],
    ),
    at(expect.signal, 'expect'),
    ...expect.guardrails.map(({ signal }, guard) => at(signal, 'expect', 'guards', guard)),
  ];
}

export interface KnownSignals {
  names: ReadonlySet<string>;
  /** Whether Prometheus was asked for those that it records; otherwise nobody can tell that a signal is not there. */
  inPrometheus: boolean;
  /** Those that somebody may have meant; all by default, which with hundreds takes a tenth of a second. */
  suggestions?: readonly string[];
}

/** A finding for each place that names a signal which nobody records: an error where that is certain, else a warning. */
export function findUnknownSignals(named: readonly NamedSignal[], known: KnownSignals): Diagnostic[] {
  return firstDiagnostics(unknownSignals(named, known));
}

/** One after the other, for as long as they are wanted: to find what is near takes a while. */
function* unknownSignals(
  named: readonly NamedSignal[],
  { names, inPrometheus, suggestions = [...names] }: KnownSignals,
): Generator<Diagnostic> {
  for (const { signal, rule, place } of named) {
    if (names.has(signal)) continue;
    yield {
      ...place,
      severity: inPrometheus ? 'error' : 'warning',
      code: 'RULE_SIGNAL_UNKNOWN',
      message: inPrometheus
        ? `rule ${rule} names the signal ${signal}, which is neither a shipped one nor in Prometheus`
        : `rule ${rule} names the signal ${signal}, which is not a shipped one`,
      hint: didYouMean(nearest(signal, suggestions)) ?? (inPrometheus ? RECORD_IT : ASK_PROMETHEUS),
    };
  }
}

const ASK_PROMETHEUS = 'for a signal of your own, check --prometheus says whether Prometheus has it';
const RECORD_IT = 'a signal is recorded as evenkeel:signal:value with its name in the label signal';
