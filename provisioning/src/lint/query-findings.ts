import type { Diagnostic } from '@evenkeel/toolkit';
import { analyse, type MetricBook } from '../promql/analyse.ts';
import { has, type Labels, union } from '../promql/labels.ts';
import { atQuery, type PlacedQuery } from './finding.ts';
import type { Project } from './project.ts';
import type { PlacedRule } from './rules.ts';

/** What is wrong with one query. */
export function queryFindings(query: PlacedQuery, book: MetricBook): Diagnostic[] {
  return analyse(query.expr, book).findings.map((finding) => atQuery(query, finding));
}

interface WrittenSignal {
  name: string;
  promql?: string;
  ratio?: Readonly<Record<string, unknown>>;
  by: string[];
}

export function signalsOf({ signals }: Pick<Project, 'signals'>): WrittenSignal[] {
  return (signals.yaml.toJS() as { signals: WrittenSignal[] }).signals;
}

/** Signals: their queries, and that each gives the labels that `by` promises. */
export function signalFindings(project: Project, book: MetricBook): Diagnostic[] {
  const { signals: document } = project;
  return signalsOf(project).flatMap((signal, index) =>
    queriesOfSignal(signal).flatMap(({ path, expr }) => {
      const query = { document, path: ['signals', index, ...path], expr: withWindows(expr) };
      const { labels, findings } = analyse(query.expr, book);
      const missing = signal.by.flatMap((label, place) => (has(labels, label) ? [] : [{ label, place }]));
      return [
        ...findings.map((finding) => atQuery(query, finding)),
        ...missing.map(({ label, place }) =>
          document.atValue(['signals', index, 'by', place], {
            code: 'LABEL_UNKNOWN',
            message: `${path.join('.')} of ${signal.name} gives no label ${label}`,
            hint: 'take it out of by, or aggregate by it',
          }),
        ),
      ];
    }),
  );
}

/** One query, or those of a part, a whole and the size of the sample. */
function queriesOfSignal({ promql, ratio = {} }: WrittenSignal): { path: string[]; expr: string }[] {
  const ofRatio = ['part', 'whole', 'samples'].flatMap((key) => {
    const expr = ratio[key];
    return typeof expr === 'string' ? [{ path: ['ratio', key], expr }] : [];
  });
  return [...(promql === undefined ? [] : [{ path: ['promql'], expr: promql }]), ...ofRatio];
}

function withWindows(promql: string): string {
  return promql.replaceAll(/\$[a-z_]*(window|baseline)\b/g, '5m');
}

/** Rules: the query, and the labels that an alert's texts speak of. Signals are judged where they are written. */
export function ruleFindings(
  { rules: document }: Project,
  rules: readonly PlacedRule[],
  book: MetricBook,
): Diagnostic[] {
  return rules
    .filter(({ record }) => record !== 'evenkeel:signal:value')
    .flatMap((rule) => {
      const query = { document, path: [...rule.path, 'expr'], expr: rule.expr };
      const { labels, findings } = analyse(rule.expr, book);
      const known = union(labels, new Set(Object.keys(rule.labels ?? {})));
      return [
        ...findings.map((finding) => atQuery(query, finding)),
        ...textFindings({ document, rule, known }),
      ];
    });
}

interface AlertTexts {
  document: Project['rules'];
  rule: PlacedRule;
  known: Labels;
}

function textFindings({ document, rule, known }: AlertTexts): Diagnostic[] {
  return Object.entries(rule.annotations ?? {}).flatMap(([annotation, text]) =>
    [...text.matchAll(/\$labels\.(\w+)/g)]
      .filter(([, label = '']) => !has(known, label))
      .map(([, label = '']) =>
        document.atValue([...rule.path, 'annotations', annotation], {
          code: 'LABEL_UNKNOWN',
          message: `${annotation} of ${rule.alert ?? ''} speaks of a label ${label} that its query does not give`,
        }),
      ),
  );
}

interface AgentRule {
  name: string;
  facts: Readonly<Record<string, { signal?: string; promql?: string }>>;
  expect: { signal: string };
}

/** The agent's rules: the signals that they name, and queries of their own. */
export function agentRuleFindings(project: Project, book: MetricBook): Diagnostic[] {
  const names = new Set(signalsOf(project).map(({ name }) => name));
  return project.agentRules.flatMap((document) => {
    const unknown = (path: readonly PropertyKey[], signal: string) =>
      names.has(signal)
        ? []
        : [
            document.atValue(path, {
              code: 'SIGNAL_UNKNOWN',
              message: `signals.yml has no signal ${signal}`,
            }),
          ];
    const { rules } = document.yaml.toJS() as { rules: AgentRule[] };
    return rules.flatMap(({ facts, expect }, index) => [
      ...Object.entries(facts).flatMap(([fact, { signal, promql }]) => {
        const path = ['rules', index, 'facts', fact];
        if (promql !== undefined)
          return queryFindings({ document, path: [...path, 'promql'], expr: promql }, book);
        return signal === undefined ? [] : unknown([...path, 'signal'], signal);
      }),
      ...unknown(['rules', index, 'expect', 'signal'], expect.signal),
    ]);
  });
}
