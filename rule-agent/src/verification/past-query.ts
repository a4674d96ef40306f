import { BASELINE_ZSCORE, SIGNAL_VALUE } from '@evenkeel/signals';
import { isTemplate, queryFor } from '../model/query-template.ts';
import type { FactSpec } from '../model/rule.ts';
import { coversLabels, type Labels, type Target } from '../model/target.ts';
import type { Range, RangeResult } from '../prometheus/range.ts';
import type { SignalHistory } from './signal-history.ts';

/** Reads a range of what Prometheus has recorded. */
export type ReadRange = (promql: string, range: Range) => Promise<RangeResult>;

/** `failed`: it may be there when it is asked for again. `absent`: there is no such series, or more than one. */
export type PastSeries =
  | { kind: 'read'; series: SignalHistory }
  | { kind: 'failed'; because: string }
  | { kind: 'absent'; because: string };

/** The query for the past of a signal on a target. */
export function signalPastQuery(signal: string, target: Target): string {
  return selector(SIGNAL_VALUE, { ...target, signal });
}

/** The query for the past of a fact on a target. */
export function factPastQuery(spec: FactSpec, target: Target): string {
  if ('signal' in spec) {
    return selector(spec.reading === 'zscore' ? BASELINE_ZSCORE : SIGNAL_VALUE, {
      ...target,
      signal: spec.signal,
    });
  }
  return isTemplate(spec.promql) ? queryFor(spec.promql, target) : spec.promql;
}

/** The one series of a target; several cannot be told apart, as in a cycle. */
export async function readPast(
  read: ReadRange,
  { promql, target }: { promql: string; target: Target },
  range: Range,
): Promise<PastSeries> {
  const result = await read(promql, range);
  if (!result.ok) return { kind: 'failed', because: result.because };
  const { grid, series } = result;
  const [found, ...others] =
    series.length === 1 ? series : series.filter(({ labels }) => coversLabels(labels, target));
  if (found === undefined) return { kind: 'absent', because: `there is no past of ${promql}` };
  if (others.length > 0) {
    return { kind: 'absent', because: `${others.length + 1} series of ${promql} where one was expected` };
  }
  return { kind: 'read', series: { firstMs: grid.startMs, pointMs: grid.stepMs, values: found.values } };
}

function selector(name: string, labels: Labels): string {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${matchers.join(', ')}}`;
}
