import { record, type RecordingRule } from './rules.ts';
import type { Signal } from './signal.ts';

const INFO = 'evenkeel:signal:info';
const THRESHOLD = 'evenkeel:signal:threshold';
const ANCHOR = 'evenkeel:score:anchor';

/**
 * What the signals file says of each signal, as constant series: its title and direction, the thresholds of its alerts, the
 * anchors of its score. Whoever shows signals asks Prometheus for them, and does not need the file.
 */
export function descriptionRules(signals: readonly Signal[]): RecordingRule[] {
  return signals.flatMap((signal) => [
    constant(INFO, 1, { ...identity(signal), title: signal.title }),
    ...constants(signal, { name: THRESHOLD, label: 'severity', of: thresholds(signal) }),
    ...constants(signal, { name: ANCHOR, label: 'anchor', of: anchors(signal) }),
  ]);
}

interface Constants {
  name: string;
  /** The label that tells the values of a signal apart. */
  label: string;
  of: Readonly<Record<string, number | undefined>>;
}

function constants(signal: Signal, { name, label, of }: Constants): RecordingRule[] {
  return Object.entries(of).flatMap(([key, value]) =>
    value === undefined ? [] : [constant(name, value, { ...identity(signal), [label]: key })],
  );
}

function thresholds({ warn, page }: Signal): Record<string, number | undefined> {
  return { warning: warn, critical: page };
}

function anchors({ score }: Signal): Record<string, number | undefined> {
  return { good: score?.good, poor: score?.poor };
}

function identity({ name, domain, unit, direction }: Signal): Record<string, string> {
  return { signal: name, domain, unit, direction };
}

function constant(name: string, value: number, labels: Record<string, string>): RecordingRule {
  return record(name, `vector(${value})`, labels);
}
