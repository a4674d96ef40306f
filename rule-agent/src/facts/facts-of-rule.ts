import type {
  Fact,
  SamplesBySignal,
  Scrape,
  SignalBook,
  SignalSample,
  TargetFacts,
  UnknownFact,
} from '../model/fact.ts';
import type { FactSpec, Rule } from '../model/rule.ts';
import { LabelIndex } from '../model/label-index.ts';
import { pickLabels, type Target, targetKey } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { isTemplate, queryFor } from '../model/query-template.ts';
import { groupByTarget, resolveFact, type TargetGroup } from './resolve.ts';
import type { NamedTarget, TargetNames } from './target-names.ts';

const NO_SCRAPES = new LabelIndex<Scrape>();

export interface Readings {
  signals: SignalBook;
  answers: ReadonlyMap<string, QueryResult>;
  maxAgeMs: number;
  names: TargetNames;
}

/** A fact's series by target, or why there are none for anyone; one that is asked for each target has an answer for each. */
type Column =
  | { spec: FactSpec; evaluatedAtMs: number; groups: ReadonlyMap<string, TargetGroup> }
  | { spec: FactSpec; template: string }
  | { spec: FactSpec; flaw: UnknownFact };

/** The facts of one rule for each of its targets: those in the data, those known before, and the one that `match` pins. */
export function factsOfRule(rule: Rule, readings: Readings, known: readonly NamedTarget[]): TargetFacts[] {
  const columns = columnsOf(rule, readings);
  return [...targetsOf(rule, columns, known)].map(([key, target]) => {
    const facts: Record<string, Fact> = {};
    for (const [name, column] of columns) facts[name] = factFor(column, { target, key, readings });
    return { rule: rule.name, target, targetKey: key, facts };
  });
}

/** The targets a rule has by what can be known before its templates are asked. */
export function targetsBefore(
  rule: Rule,
  readings: Readings,
  known: readonly NamedTarget[],
): Iterable<Target> {
  return targetsOf(rule, columnsOf(rule, readings), known).values();
}

function columnsOf(rule: Rule, readings: Readings): (readonly [string, Column])[] {
  return Object.entries(rule.facts).map(([name, spec]) => [name, readColumn(rule, spec, readings)] as const);
}

function readColumn(rule: Rule, spec: FactSpec, readings: Readings): Column {
  if ('promql' in spec && isTemplate(spec.promql)) return { spec, template: spec.promql };
  const read = readSeries(spec, readings);
  if ('flaw' in read) return { spec, flaw: read.flaw };
  return {
    spec,
    evaluatedAtMs: read.evaluatedAtMs,
    groups: groupByTarget(read.samples, rule.target, readings.names),
  };
}

type Series = { samples: readonly SignalSample[]; evaluatedAtMs: number } | { flaw: UnknownFact };

function readSeries(spec: FactSpec, { signals, answers, maxAgeMs }: Readings): Series {
  if ('signal' in spec) {
    if (signals.status !== 'ok') return { flaw: signals };
    const samples = spec.reading === 'zscore' ? signals.baselines.zscore : signals.bySignal;
    return { samples: samples.get(spec.signal)?.items ?? [], evaluatedAtMs: signals.evaluatedAtMs };
  }
  return readAnswer(answers.get(spec.promql), maxAgeMs);
}

function readAnswer(answer: QueryResult | undefined, maxAgeMs: number): Series {
  if (answer === undefined) return { flaw: { status: 'missing', because: 'it was not read' } };
  if (!answer.ok) return { flaw: { status: 'error', because: answer.because } };
  const samples = answer.samples.map(({ labels, value, atMs }) => ({ labels, value, sampledAtMs: atMs }));
  const evaluatedAtMs = samples[0]?.sampledAtMs ?? answer.receivedAtMs;
  if (Math.abs(answer.receivedAtMs - evaluatedAtMs) > maxAgeMs) {
    return { flaw: { status: 'stale', because: 'the answer is old, or the clocks differ' } };
  }
  return { samples, evaluatedAtMs };
}

function targetsOf(
  rule: Rule,
  columns: readonly (readonly [string, Column])[],
  known: readonly NamedTarget[],
): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const [, column] of columns) {
    if (!('groups' in column)) continue;
    for (const [key, { target }] of column.groups) targets.set(key, target);
  }
  for (const { target, targetKey: key } of known) targets.set(key, target);
  const pinned = pickLabels(rule.target.match, rule.target.by);
  if (pinned !== undefined) targets.set(targetKey(pinned), pinned);
  return targets;
}

function factFor(
  column: Column,
  { target, key, readings }: { target: Target; key: string; readings: Readings },
): Fact {
  if ('flaw' in column) return column.flaw;
  const found = 'template' in column ? askedFor(column.template, target, readings) : groupOf(column, key);
  if ('flaw' in found) return found.flaw;
  const evidence = {
    ...found,
    scrapes: readings.signals.status === 'ok' ? readings.signals.scrapes : NO_SCRAPES,
    maxAgeMs: readings.maxAgeMs,
  };
  return resolveFact(evidence, target, column.spec.source);
}

function groupOf({ groups, evaluatedAtMs }: Extract<Column, { groups: unknown }>, key: string): Series {
  return { samples: groups.get(key)?.samples ?? [], evaluatedAtMs };
}

function askedFor(template: string, target: Target, { answers, maxAgeMs }: Readings): Series {
  return readAnswer(answers.get(queryFor(template, target)), maxAgeMs);
}

interface Observation {
  signal: string;
  target: Target;
  maxAgeMs: number;
}

/** A recorded signal of one target, beside the rules: for the observation of an episode. */
export function observeSignal(signals: SignalBook, observation: Observation): Fact {
  return signals.status === 'ok' ? observe(signals, signals.bySignal, observation) : signals;
}

/** Whether the baseline of a signal of one target is ready: 1, or 0 while it learns. */
export function observeBaseline(signals: SignalBook, observation: Observation): Fact {
  return signals.status === 'ok' ? observe(signals, signals.baselines.ready, observation) : signals;
}

function observe(
  { scrapes, evaluatedAtMs }: Extract<SignalBook, { status: 'ok' }>,
  bySignal: SamplesBySignal,
  { signal, target, maxAgeMs }: Observation,
): Fact {
  const samples = bySignal.get(signal)?.covering(target) ?? [];
  return resolveFact({ samples, scrapes, evaluatedAtMs, maxAgeMs }, target);
}
