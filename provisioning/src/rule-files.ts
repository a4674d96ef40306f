import {
  absenceAlert,
  type AlertingRule,
  baselineRules,
  boundRules,
  descriptionRules,
  deviationAlert,
  isPredicted,
  levelAlert,
  levelRule,
  looksBackFar,
  offsetRule,
  predictiveAlert,
  recordingRule,
  sampleRules,
  scoreAlert,
  scoreRules,
  thresholdAlerts,
  type Timing,
  watcherAlert,
} from '@evenkeel/signals';
import type { Sources } from './sources.ts';

/** The content of a Prometheus rule file: what is recorded, what it scores, then what is alerted, for all signals of one timing. */
export function ruleFile(sources: Sources, timing: Timing): object {
  const { signals, domains } = sources.signals;
  const { interval, baselineInterval = interval, spreadInterval = baselineInterval } = timing;
  const group = (name: string, rules: readonly object[]) => ({ name: `evenkeel-${name}`, interval, rules });
  const baselines = baselineRules(signals, timing);
  return {
    groups: [
      group('signals', [
        ...signals.map((signal) => recordingRule(signal, timing)),
        levelRule(timing),
        ...sampleRules(signals, timing),
        ...boundRules(signals),
      ]),
      group('descriptions', descriptionRules(signals)),
      {
        ...group('baselines', [...baselines.filter((rule) => !looksBackFar(rule)), offsetRule()]),
        interval: baselineInterval,
      },
      { ...group('spreads', baselines.filter(looksBackFar)), interval: spreadInterval },
      group('scores', scoreRules(signals, domains)),
      group('alerts', alertingRules(sources, timing)),
    ],
  };
}

/** Every alert: of thresholds, predictions, absence, baselines and scores, and of the watchers. */
export function alertingRules({ signals: file, watchers }: Sources, timing: Timing): AlertingRule[] {
  const { signals, links } = file;
  const context = { timing, links };
  return [
    ...signals.flatMap((signal) => thresholdAlerts(signal, context)),
    ...signals.filter(isPredicted).map((signal) => predictiveAlert(signal, context)),
    absenceAlert(signals, context),
    deviationAlert(signals, context),
    levelAlert(signals, context),
    scoreAlert(context),
    ...watchers.map((watcher) => watcherAlert(watcher, context)),
  ];
}
