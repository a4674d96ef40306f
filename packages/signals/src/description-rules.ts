import { record, type RecordingRule } from './rules.ts';
import { isRange, type Limit, type Signal, SIGNAL_INFO } from './signal.ts';

const THRESHOLD = 'evenkeel:signal:threshold';
const ANCHOR = 'evenkeel:score:anchor';

/**
 * What the signals file says of each signal, as constant series: its title and direction, the thresholds of its alerts, the
 * anchors of its score. Whoever shows signals asks Prometheus for them, and does not need the file.
 */
export function descriptionRules(signals: readonly Signal[]): RecordingRule[] {
  return signals.flatMap((signal) => [
    constant(SIGNAL_INFO, 1, { ...identity(signal), title: signal.title }),
    ...constants(signal, { name: THRESHOLD, label: 'severity', of: thresholds(signal) }),
    ...constants(signal, { name: ANCHOR, label: 'anchor', of: anchors(signal) }),
  ]);
}

interface Constants {
  name: string;
  /** The label that tells the values of a signal apart; those of a band also have `side`. */
  label: string;
  of: Readonly<Record<string, Limit | undefined>>;
}

function constants(signal: Signal, { name, label, of }: Constants): RecordingRule[] {
  return Object.entries(of).flatMap(([key, limit]) => {
    if (limit === undefined) return [];
    const labels = { ...identity(signal), [label]: key };
    if (!isRange(limit)) return [constant(name, limit, labels)];
    return [
      constant(name, limit[0], { ...labels, side: 'low' }),
      constant(name, limit[1], { ...labels, side: 'high' }),
    ];
  });
}

function thresholds({ info, warn, page }: Signal): Record<string, Limit | undefined> {
  return { info, warning: warn, critical: page };
}

function anchors({ score }: Signal): Record<string, Limit | undefined> {
  return { good: score?.good, poor: score?.poor };
}

function identity({ name, domain, unit, direction }: Signal): Record<string, string> {
  return { signal: name, domain, unit, direction };
}

function constant(name: string, value: number, labels: Record<string, string>): RecordingRule {
  return record(name, `vector(${value})`, labels);
}
