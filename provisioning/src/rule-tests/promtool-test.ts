/** A file that `promtool test rules` runs. */
export interface RuleTestFile {
  rule_files: string[];
  evaluation_interval: string;
  tests: RuleTest[];
}

export interface RuleTest {
  name: string;
  interval: string;
  input_series: { series: string; values: string }[];
  promql_expr_test: { expr: string; eval_time: string; exp_samples: { labels: string; value: number }[] }[];
}

export type Labels = Readonly<Record<string, string>>;

/** A metric with labels, as promtool reads it. */
export function series(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(', ')}}`;
}

/** An input series with the same value every minute, for hours. */
export function constant(name: string, labels: Labels, value: number): { series: string; values: string } {
  return { series: series(name, labels), values: `${value}x600` };
}

/** That at a time these alerts fire, and no other does of all, or of those that more matchers choose. */
export function firing(
  atMinutes: number,
  alerts: readonly Labels[],
  of = '',
): RuleTest['promql_expr_test'][number] {
  return {
    expr: `ALERTS{alertstate="firing"${of}}`,
    eval_time: `${atMinutes}m`,
    exp_samples: alerts.map((labels) => ({
      labels: series('ALERTS', { ...labels, alertstate: 'firing' }),
      value: 1,
    })),
  };
}
