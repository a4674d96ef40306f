import { betweenTurns } from '@evenkeel/toolkit';
import type { Facts, TargetFacts } from '../model/fact.ts';
import type { Rule } from '../model/rule.ts';
import type { Prometheus } from '../prometheus/client.ts';
import type { QueryResult } from '../prometheus/answer.ts';
import { factsOfRule, type Readings, targetsBefore } from './facts-of-rule.ts';
import { isTemplate, queryFor } from '../model/query-template.ts';
import { ScrapeStates } from './resolve.ts';
import { readSignalBook, signalQueryFor } from './signal-book.ts';
import { type NamedTarget, TargetNames } from './target-names.ts';

export interface ReadRequest {
  rules: readonly Rule[];
  prometheus: Pick<Prometheus, 'query'>;
  /** A sample older than this, by Prometheus' own clock, is stale. */
  maxAgeMs: number;
  /** Targets seen before, by rule: they stay, as missing, when their series are gone. */
  known: ReadonlyMap<string, readonly NamedTarget[]>;
  nowMs: number;
}

/**
 * Reads all facts of all rules: one request for every recorded signal, one for each distinct PromQL, side by side; then
 * one for each template and target, once it is known which targets there are.
 */
export async function readFacts({ rules, prometheus, maxAgeMs, known, nowMs }: ReadRequest): Promise<Facts> {
  const active = rules.filter(({ mode }) => mode !== 'off');
  const [signalResult, answers] = await Promise.all([
    prometheus.query(signalQueryFor(active)),
    ask(
      prometheus,
      active.flatMap(promqlOf).filter((promql) => !isTemplate(promql)),
    ),
  ]);
  const signals = await betweenTurns(readSignalBook(signalResult, maxAgeMs));
  const scrapes = new ScrapeStates(signals.status === 'ok' ? signals.scrapes : undefined);
  const first = { signals, scrapes, answers, maxAgeMs, names: new TargetNames() };
  const targetsOf = (rule: Rule) => known.get(rule.name) ?? [];
  const perTarget = active.flatMap((rule) => queriesPerTarget(rule, first, targetsOf(rule)));
  const readings = { ...first, answers: new Map([...answers, ...(await ask(prometheus, perTarget))]) };
  return {
    readAtMs: nowMs,
    signals,
    targets: await betweenTurns(factsOfRules(active, readings, known)),
  };
}

function* factsOfRules(
  rules: readonly Rule[],
  readings: Readings,
  known: ReadRequest['known'],
): Generator<void, TargetFacts[]> {
  const facts: TargetFacts[] = [];
  for (const rule of rules) {
    for (const ofTarget of factsOfRule(rule, readings, known.get(rule.name) ?? [])) facts.push(ofTarget);
    yield;
  }
  return facts;
}

async function ask(
  prometheus: ReadRequest['prometheus'],
  queries: readonly string[],
): Promise<Map<string, QueryResult>> {
  const answers = [...new Set(queries)].map(
    async (promql) => [promql, await prometheus.query(promql)] as const,
  );
  return new Map(await Promise.all(answers));
}

function queriesPerTarget(rule: Rule, readings: Readings, known: readonly NamedTarget[]): string[] {
  const templates = promqlOf(rule).filter(isTemplate);
  if (templates.length === 0) return [];
  return [...targetsBefore(rule, readings, known)].flatMap((target) =>
    templates.map((template) => queryFor(template, target)),
  );
}

function promqlOf({ facts }: Rule): string[] {
  return Object.values(facts).flatMap((spec) => ('promql' in spec ? [spec.promql] : []));
}
