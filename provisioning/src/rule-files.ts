import {
  baselineRules,
  descriptionRules,
  deviationAlert,
  levelRule,
  recordingRule,
  scoreAlert,
  scoreRules,
  thresholdAlerts,
  type Timing,
} from '@evenkeel/signals';
import type { SignalsFile } from './signals-file.ts';

/** The content of a Prometheus rule file: what is recorded, what it scores, then what is alerted, for all signals of one timing. */
export function ruleFile({ signals, domains }: SignalsFile, timing: Timing): object {
  return {
    groups: [
      {
        name: 'evenkeel-signals',
        interval: timing.interval,
        rules: [...signals.map((signal) => recordingRule(signal, timing)), levelRule(timing)],
      },
      {
        name: 'evenkeel-descriptions',
        interval: timing.interval,
        rules: descriptionRules(signals),
      },
      {
        name: 'evenkeel-baselines',
        interval: timing.interval,
        rules: baselineRules(signals, timing),
      },
      {
        name: 'evenkeel-scores',
        interval: timing.interval,
        rules: scoreRules(signals, domains),
      },
      {
        name: 'evenkeel-thresholds',
        interval: timing.interval,
        rules: [
          ...signals.flatMap((signal) => thresholdAlerts(signal, timing)),
          scoreAlert(timing),
          deviationAlert(signals, timing),
        ],
      },
    ],
  };
}
