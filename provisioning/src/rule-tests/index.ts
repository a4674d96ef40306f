import { isPredicted, type Timing } from '@evenkeel/signals';
import type { Sources } from '../sources.ts';
import { predictionTest } from './prediction-test.ts';
import type { RuleTestFile } from './promtool-test.ts';
import { thresholdTest } from './threshold-tests.ts';
import { watcherTest } from './watcher-test.ts';
import { wholeTests } from './whole-tests.ts';

/** promtool unit tests of the static alerts of every signal. */
export function thresholdTests({ signals: file }: Sources, timing: Timing, ruleFile: string): RuleTestFile {
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: [thresholdTest(file.signals, timing)],
  };
}

/** promtool unit tests of every other alert: for each, something that fires it and something that does not. */
export function alertTests(
  { signals: file, watchers }: Sources,
  timing: Timing,
  ruleFile: string,
): RuleTestFile {
  const { signals } = file;
  return {
    rule_files: [ruleFile],
    // Trends take hours.
    evaluation_interval: '4m',
    tests: [
      ...signals.filter(isPredicted).map((signal) => predictionTest(signal, signals, timing)),
      ...wholeTests(signals),
      ...watchers.map(watcherTest),
    ],
  };
}
