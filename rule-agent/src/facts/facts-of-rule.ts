import type {
  Fact,
  SamplesBySignal,
  SignalBook,
  SignalSample,
  TargetFacts,
  UnknownFact,
} from '../model/fact.ts';
import type { FactSpec, Rule } from '../model/rule.ts';
import { type Labels, pickLabels, type Target, targetKey } from '../model/target.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { isTemplate, queryFor } from '../model/query-template.ts';
import { type Evidence, groupByTarget, resolveFact, ScrapeStates, type TargetGroup } from './resolve.ts';
import type { NamedTarget, TargetNames } from './target-names.ts';

export interface Readings {
  signals: SignalBook;
  scrapes: ScrapeStates;
  answers: ReadonlyMap<string, QueryResult>;
  maxAgeMs: number;
  names: TargetNames;
}

/** A fact's series by target, or why there are none for anyone; one that is asked for each target has an answer for each. */
type Column =
  | { evidence: Evidence; groups: ReadonlyMap<string, TargetGroup> }
  | { template: string; source: Labels | undefined }
  | { flaw: UnknownFact };

/** The facts of one rule for each of its targets: those in the data, those known before, and the one that `match` pins. */
export function factsOfRule(rule: Rule, readings: Readings, known: readonly NamedTarget[]): TargetFacts[] {
  const columns = columnsOf(rule, readings);
  return [...targetsOf(rule, columns, known)].map(([key, target]) => {
    const facts: Record<string, Fact> = {};
    for (const [name, column] of columns) facts[name] = factFor(column, { target, targetKey: key }, readings);
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
  const { source } = spec;
  if ('promql' in spec && isTemplate(spec.promql)) return { template: spec.promql, source };
  const read = readSeries(spec, readings);
  if ('flaw' in read) return { flaw: read.flaw };
  return {
    evidence: evidenceOf(read, readings, source),
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

function factFor(column: Column, { target, targetKey: key }: NamedTarget, readings: Readings): Fact {
  if ('flaw' in column) return column.flaw;
  if ('template' in column) return factAskedFor(column, target, readings);
  return resolveFact(column.groups.get(key)?.samples ?? [], column.evidence, target);
}

function factAskedFor(
  { template, source }: Extract<Column, { template: string }>,
  target: Target,
  readings: Readings,
): Fact {
  const read = readAnswer(readings.answers.get(queryFor(template, target)), readings.maxAgeMs);
  return 'flaw' in read ? read.flaw : resolveFact(read.samples, evidenceOf(read, readings, source), target);
}

function evidenceOf(
  { evaluatedAtMs }: { evaluatedAtMs: number },
  { scrapes, maxAgeMs }: Readings,
  source: Labels | undefined,
): Evidence {
  return { scrapes, evaluatedAtMs, maxAgeMs, source };
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
  return resolveFact(samples, { scrapes: new ScrapeStates(scrapes), evaluatedAtMs, maxAgeMs }, target);
}
