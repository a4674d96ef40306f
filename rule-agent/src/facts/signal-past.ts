import { BASELINE_READY, BASELINE_ZSCORE, SIGNAL_VALUE } from '@evenkeel/signals';
import type { Rule } from '../model/rule.ts';
import { quotePattern } from './signal-book.ts';

/** The signals that are looked at, and those whose distance from normal is. */
export interface ReadSignals {
  values: readonly string[];
  zscores: readonly string[];
}

/** One of the questions that together are `SIGNAL_QUERY` over a range. */
export interface PartOfSignals {
  /** See `SIGNAL_PART`; absent where the name of the series says it. */
  part?: string;
  promql: string;
}

type Reader = Pick<Rule, 'facts' | 'expect'>;

/** What rules look at: their facts, what they expect to move, and what must not get worse meanwhile. */
export function signalsReadBy(rules: readonly Reader[]): ReadSignals {
  const specs = rules.flatMap(({ facts }) => Object.values(facts)).filter((spec) => 'signal' in spec);
  const expected = rules.flatMap(({ expect }) => [expect, ...expect.guardrails]);
  return {
    values: distinct([...specs, ...expected]),
    zscores: distinct(specs.filter(({ reading }) => reading === 'zscore')),
  };
}

/**
 * What `SIGNAL_QUERY` asks of some signals, for a range of times. In parts: `or` compares all labels at every point, which takes longer
 * than all the rest.
 *
 * `timestamp()` over a range costs Prometheus 2.42 a hundred times what the values do. What follows from the time of a sample
 * is whether it is too old; so that is asked instead. A sample that is not is said to be of the moment itself, the others of long ago.
 */
export function partsOfSignals({ values, zscores }: ReadSignals, maxAgeMs: number): PartOfSignals[] {
  const timed = (part: string, name: string, signals: readonly string[]): PartOfSignals[] => {
    const series = `${name}{signal=~"${signals.map(quotePattern).join('|')}"}`;
    const recent = `present_over_time(${series}[${justOver(maxAgeMs)}])`;
    return [
      { part, promql: series },
      { part: `${part}_newest`, promql: `group by (signal) (${series}) * time()` },
      { part: `${part}_at`, promql: `(${series} unless ${recent}) * 0` },
    ];
  };
  return [
    ...timed('value', SIGNAL_VALUE, values),
    ...(zscores.length === 0 ? [] : timed('zscore', BASELINE_ZSCORE, zscores)),
    ...timed('ready', BASELINE_READY, values),
    { promql: 'up' },
  ];
}

/** A sample that is just as old counts; from Prometheus 3 on, a range does not hold its earlier end. */
function justOver(maxAgeMs: number): string {
  return `${maxAgeMs + 1}ms`;
}

function distinct(named: readonly { signal: string }[]): string[] {
  return [...new Set(named.map(({ signal }) => signal))].sort();
}
