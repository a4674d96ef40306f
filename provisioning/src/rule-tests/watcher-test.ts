import type { TestedWatcher } from '../watchers-file.ts';
import { firing, type RuleTest } from './promtool-test.ts';

/** The test of a watcher: of the series that it names, those that should fire it do, and nothing else fires. */
export function watcherTest({ name, severity, domain, test }: TestedWatcher): RuleTest {
  const alert = { alertname: `Evenkeel${name}`, severity, domain, ...test.labels };
  return {
    name: `watcher ${name}`,
    interval: '1m',
    input_series: Object.entries({ ...test.fires, ...test.quiet }).map(([series, values]) => ({
      series,
      values,
    })),
    promql_expr_test: [firing(0, []), firing(Number.parseInt(test.at, 10), [alert])],
  };
}
