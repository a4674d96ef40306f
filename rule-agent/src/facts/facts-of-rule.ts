import type { Fact, SignalBook, SignalSample, TargetFacts, UnknownFact } from '../model/fact.ts';
import type { FactSpec, Rule } from '../model/rule.ts';
import { coversLabels, pickLabels, type Target, targetKey } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { groupByTarget, resolveFact } from './resolve.ts';

export interface Readings {
  signals: SignalBook;
  answers: ReadonlyMap<string, QueryResult>;
  maxAgeMs: number;
}

/** A fact's series by target, or why there are none for anyone. */
type Column =
  | { spec: FactSpec; evaluatedAtMs: number; groups: ReturnType<typeof groupByTarget> }
  | { spec: FactSpec; flaw: UnknownFact };

/** The facts of one rule for each of its targets: those in the data, those known before, and the one that `match` pins. */
export function factsOfRule(rule: Rule, readings: Readings, known: readonly Target[]): TargetFacts[] {
  const columns = Object.entries(rule.facts).map(
    ([name, spec]) => [name, readColumn(rule, spec, readings)] as const,
  );
  const targets = targetsOf(
    rule,
    columns.map(([, column]) => column),
    known,
  );
  return [...targets].map(([key, target]) => ({
    rule: rule.name,
    target,
    targetKey: key,
    facts: Object.fromEntries(
      columns.map(([name, column]) => [name, factFor(column, { target, key, readings })]),
    ),
  }));
}

function readColumn(rule: Rule, spec: FactSpec, readings: Readings): Column {
  const read = readSeries(spec, readings);
  if ('flaw' in read) return { spec, flaw: read.flaw };
  return { spec, evaluatedAtMs: read.evaluatedAtMs, groups: groupByTarget(read.samples, rule.target) };
}

type Series = { samples: readonly SignalSample[]; evaluatedAtMs: number } | { flaw: UnknownFact };

function readSeries(spec: FactSpec, { signals, answers, maxAgeMs }: Readings): Series {
  if ('signal' in spec) {
    if (signals.status !== 'ok') return { flaw: signals };
    return { samples: signals.bySignal.get(spec.signal) ?? [], evaluatedAtMs: signals.evaluatedAtMs };
  }
  const answer = answers.get(spec.promql);
  if (answer === undefined) return { flaw: { status: 'missing', because: 'it was not read' } };
  if (!answer.ok) return { flaw: { status: 'error', because: answer.because } };
  const samples = answer.samples.map(({ labels, value, atMs }) => ({ labels, value, sampledAtMs: atMs }));
  const evaluatedAtMs = samples[0]?.sampledAtMs ?? answer.receivedAtMs;
  if (Math.abs(answer.receivedAtMs - evaluatedAtMs) > maxAgeMs) {
    return { flaw: { status: 'stale', because: 'the answer is old, or the clocks differ' } };
  }
  return { samples, evaluatedAtMs };
}

function targetsOf(rule: Rule, columns: readonly Column[], known: readonly Target[]): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const column of columns) {
    if ('flaw' in column) continue;
    for (const [key, { target }] of column.groups) targets.set(key, target);
  }
  const pinned = pickLabels(rule.target.match, rule.target.by);
  for (const target of pinned === undefined ? known : [...known, pinned])
    targets.set(targetKey(target), target);
  return targets;
}

function factFor(
  column: Column,
  { target, key, readings }: { target: Target; key: string; readings: Readings },
): Fact {
  if ('flaw' in column) return column.flaw;
  const evidence = {
    samples: column.groups.get(key)?.samples ?? [],
    scrapes: readings.signals.status === 'ok' ? readings.signals.scrapes : [],
    evaluatedAtMs: column.evaluatedAtMs,
    maxAgeMs: readings.maxAgeMs,
  };
  return resolveFact(evidence, target, column.spec.source);
}

/** A recorded signal of one target, beside the rules: for the observation of an episode. */
export function observeSignal(
  signals: SignalBook,
  { signal, target, maxAgeMs }: { signal: string; target: Target; maxAgeMs: number },
): Fact {
  if (signals.status !== 'ok') return signals;
  const samples = (signals.bySignal.get(signal) ?? []).filter(({ labels }) => coversLabels(labels, target));
  return resolveFact(
    { samples, scrapes: signals.scrapes, evaluatedAtMs: signals.evaluatedAtMs, maxAgeMs },
    target,
  );
}
