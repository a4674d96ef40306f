import type { Decided } from '../model/event.ts';
import type { Rule } from '../model/rule.ts';
import type { Range } from '../prometheus/range.ts';
import { factPastQuery, type ReadRange, readPast, signalPastQuery } from './past-query.ts';
import type { SignalHistory } from './signal-history.ts';

/** The signal that an action was to move, and the facts of its rule by name, over the same points. */
export interface EpisodePast {
  signal: SignalHistory;
  facts: ReadonlyMap<string, Float64Array>;
}

/** `failed`: it may be there when it is asked for again. `absent`: there is no such signal, or more than one. */
export type PastReading =
  | { kind: 'read'; past: EpisodePast }
  | { kind: 'failed'; because: string }
  | { kind: 'absent'; because: string };

export interface EpisodePastRequest {
  decided: Pick<Decided, 'target' | 'expect'>;
  /** Without it no facts are read. */
  rule: Rule | undefined;
  read: ReadRange;
  range: Range;
  /** A fact that cannot be read is left out instead of being asked for again: its query may be one that Prometheus refuses always. */
  isLastTry: boolean;
}

/** Reads what a verdict is made of, from the first value of the signal on. A fact without a past is left out. */
export async function readEpisodePast({
  decided,
  rule,
  read,
  range,
  isLastTry,
}: EpisodePastRequest): Promise<PastReading> {
  const { target, expect } = decided;
  const found = await readPast(read, { promql: signalPastQuery(expect.signal, target), target }, range);
  if (found.kind !== 'read') return found;
  const skipped = countMissingAtStart(found.series.values);
  const facts = new Map<string, Float64Array>();
  for (const [name, spec] of Object.entries(rule?.facts ?? {})) {
    const fact = await readPast(read, { promql: factPastQuery(spec, target), target }, range);
    if (fact.kind === 'failed' && !isLastTry) return fact;
    if (fact.kind === 'read') facts.set(name, fact.series.values.subarray(skipped));
  }
  return { kind: 'read', past: { signal: without(found.series, skipped), facts } };
}

/** A signal that has been recorded since yesterday only has no longer a past than that. */
function countMissingAtStart(values: Float64Array): number {
  const first = values.findIndex((value) => !Number.isNaN(value));
  return first === -1 ? values.length : first;
}

function without({ firstMs, pointMs, values }: SignalHistory, points: number): SignalHistory {
  return { firstMs: firstMs + points * pointMs, pointMs, values: values.subarray(points) };
}
