import {
  absenceAlert,
  baselineRules,
  boundRules,
  descriptionRules,
  deviationAlert,
  isPredicted,
  levelRule,
  looksBackFar,
  predictiveAlert,
  recordingRule,
  type RuleContext,
  sampleRules,
  scoreAlert,
  scoreRules,
  thresholdAlerts,
  type Timing,
} from '@evenkeel/signals';
import type { SignalsFile } from './signals-file.ts';

/** The content of a Prometheus rule file: what is recorded, what it scores, then what is alerted, for all signals of one timing. */
export function ruleFile({ signals, domains, links }: SignalsFile, timing: Timing): object {
  const context: RuleContext = { timing, links };
  const baselines = baselineRules(signals, timing);
  return {
    groups: [
      {
        name: 'evenkeel-signals',
        interval: timing.interval,
        rules: [
          ...signals.map((signal) => recordingRule(signal, timing)),
          levelRule(timing),
          ...sampleRules(signals, timing),
          ...boundRules(signals),
        ],
      },
      {
        name: 'evenkeel-descriptions',
        interval: timing.interval,
        rules: descriptionRules(signals),
      },
      {
        name: 'evenkeel-baselines',
        interval: timing.baselineInterval ?? timing.interval,
        rules: baselines.filter((rule) => !looksBackFar(rule)),
      },
      {
        name: 'evenkeel-spreads',
        interval: timing.spreadInterval ?? timing.baselineInterval ?? timing.interval,
        rules: baselines.filter(looksBackFar),
      },
      {
        name: 'evenkeel-scores',
        interval: timing.interval,
        rules: scoreRules(signals, domains),
      },
      {
        name: 'evenkeel-alerts',
        interval: timing.interval,
        rules: [
          ...signals.flatMap((signal) => thresholdAlerts(signal, context)),
          ...signals.filter(isPredicted).map((signal) => predictiveAlert(signal, context)),
          absenceAlert(signals, context),
          deviationAlert(signals, context),
          scoreAlert(context),
        ],
      },
    ],
  };
}
