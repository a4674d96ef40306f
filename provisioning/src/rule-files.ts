import { recordingRule, type Signal, thresholdAlerts, type Timing } from '@evenkeel/signals';

/** The content of a Prometheus rule file: what is recorded, then what is alerted, for all signals of one timing. */
export function ruleFile(signals: readonly Signal[], timing: Timing): object {
  return {
    groups: [
      {
        name: 'evenkeel-signals',
        interval: timing.interval,
        rules: signals.map((signal) => recordingRule(signal, timing)),
      },
      {
        name: 'evenkeel-thresholds',
        interval: timing.interval,
        rules: signals.flatMap((signal) => thresholdAlerts(signal, timing)),
      },
    ],
  };
}
