import type { Facts } from '../model/fact.ts';
import type { FactSpec, Rule } from '../model/rule.ts';
import type { Target } from '../model/target.ts';
import type { Prometheus } from '../prometheus/client.ts';
import { factsOfRule } from './facts-of-rule.ts';
import { SIGNAL_QUERY, toSignalBook } from './signal-book.ts';

export interface ReadRequest {
  rules: readonly Rule[];
  prometheus: Prometheus;
  /** A sample older than this, by Prometheus' own clock, is stale. */
  maxAgeMs: number;
  /** Targets seen before, by rule: they stay, as missing, when their series are gone. */
  known: ReadonlyMap<string, readonly Target[]>;
  nowMs: number;
}

/** Reads all facts of all rules: one request for every recorded signal, one for each distinct PromQL, side by side. */
export async function readFacts({ rules, prometheus, maxAgeMs, known, nowMs }: ReadRequest): Promise<Facts> {
  const active = rules.filter(({ mode }) => mode !== 'off');
  const queries = [...new Set(active.flatMap(({ facts }) => Object.values(facts).flatMap(promqlOf)))];
  const [signalResult, answers] = await Promise.all([
    prometheus.query(SIGNAL_QUERY),
    Promise.all(queries.map(async (promql) => [promql, await prometheus.query(promql)] as const)),
  ]);
  const readings = { signals: toSignalBook(signalResult, maxAgeMs), answers: new Map(answers), maxAgeMs };
  return {
    readAtMs: nowMs,
    signals: readings.signals,
    targets: active.flatMap((rule) => factsOfRule(rule, readings, known.get(rule.name) ?? [])),
  };
}

function promqlOf(spec: FactSpec): string[] {
  return 'promql' in spec ? [spec.promql] : [];
}
