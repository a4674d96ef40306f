import { suggest } from '@evenkeel/toolkit';
import { has, type Labels, NO_LABELS, union, without } from './labels.ts';
import {
  childNamed,
  childrenOf,
  expressionsOf,
  isMistake,
  nodesOf,
  parseQuery,
  type QueryNode,
} from './syntax.ts';

/** What is known of metrics, to judge queries by. */
export interface MetricBook {
  names: readonly string[];
  /** Undefined for a name that nothing exposes or records. */
  labelsOf(name: string): Labels | undefined;
}

export type QueryCode = 'QUERY_SYNTAX' | 'METRIC_UNKNOWN' | 'LABEL_UNKNOWN';

/** What is wrong with a query, between two places in its text. */
export interface QueryFinding {
  code: QueryCode;
  message: string;
  hint?: string;
  from: number;
  to: number;
}

export interface Analysis {
  /** The labels that the result's series may have. */
  labels: Labels;
  findings: QueryFinding[];
}

interface Reading {
  expr: string;
  book: MetricBook;
  findings: QueryFinding[];
}

/**
 * Reads a query as Prometheus does: does it parse, do its metrics exist, does every label in a selector, a `by` or an `on`
 * exist on what it is applied to?
 */
export function analyse(expr: string, book: MetricBook): Analysis {
  const top = parseQuery(expr);
  const mistake = [...nodesOf(top)].find(isMistake);
  if (mistake !== undefined || expr.trim() === '')
    return { labels: 'any', findings: [syntaxFinding(expr, mistake)] };
  const reading = { expr, book, findings: [] };
  return { labels: unionOf(expressionsOf(top), reading), findings: reading.findings };
}

function syntaxFinding(expr: string, mistake: QueryNode | undefined): QueryFinding {
  const from = mistake?.from ?? 0;
  const rest = expr.slice(from, from + 20);
  return {
    code: 'QUERY_SYNTAX',
    message: rest === '' ? 'the query ends too early' : `the query cannot be read from "${rest}" on`,
    from,
    to: Math.max(from + 1, mistake?.to ?? 0),
  };
}

function labelsOf(node: QueryNode, reading: Reading): Labels {
  if (node.name === 'VectorSelector') return labelsOfSelector(node, reading);
  if (node.name === 'AggregateExpr') return labelsOfAggregate(node, reading);
  if (node.name === 'BinaryExpr') return labelsOfBinary(node, reading);
  if (node.name === 'FunctionCall') return labelsOfCall(node, reading);
  return unionOf(expressionsOf(node), reading);
}

function unionOf(nodes: readonly QueryNode[], reading: Reading): Labels {
  return union(NO_LABELS, ...nodes.map((node) => labelsOf(node, reading)));
}

function labelsOfSelector(node: QueryNode, reading: Reading): Labels {
  const { book, findings } = reading;
  const identifier = childNamed(node, 'Identifier');
  // A selector by a pattern of names may be anything.
  if (identifier === undefined) return 'any';
  const metric = textOf(identifier, reading);
  const labels = book.labelsOf(metric);
  if (labels === undefined) {
    const near = suggest(metric, book.names);
    const { from, to } = identifier;
    const message = `nothing exposes or records ${metric}`;
    findings.push({
      code: 'METRIC_UNKNOWN',
      message,
      from,
      to,
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    });
    return 'any';
  }
  const matchers = childNamed(node, 'LabelMatchers');
  for (const matcher of matchers === undefined ? [] : childrenOf(matchers)) {
    const name = childNamed(matcher, 'LabelName');
    if (name !== undefined) requireLabel(name, { labels, of: metric }, reading);
  }
  return labels;
}

/** These give series of their operand as they are; all other aggregations make new ones. */
const SELECTING = ['Topk', 'Bottomk', 'LimitK', 'LimitRatio'];

function labelsOfAggregate(node: QueryNode, reading: Reading): Labels {
  const body = childNamed(node, 'FunctionCallBody');
  const labels = body === undefined ? 'any' : unionOf(expressionsOf(body), reading);
  const operator = childNamed(node, 'AggregateOp')?.firstChild?.name ?? '';
  const modifier = childNamed(node, 'AggregateModifier');
  const grouping = groupingOf(modifier);
  const by = modifier !== undefined && childNamed(modifier, 'By') !== undefined;
  if (by) for (const label of grouping) requireLabel(label, { labels, of: 'what is aggregated' }, reading);
  if (SELECTING.includes(operator)) return labels;
  if (modifier === undefined) return NO_LABELS;
  const names = grouping.map((label) => textOf(label, reading));
  return by ? new Set(names) : without(labels, names);
}

function labelsOfBinary(node: QueryNode, reading: Reading): Labels {
  const [left, right] = expressionsOf(node).map((side) => labelsOf(side, reading));
  if (left === undefined || right === undefined) return 'any';
  const setOperator = childNamed(node, 'And', 'Or', 'Unless')?.name;
  const modifier = childNamed(node, 'MatchingModifierClause');
  const matched = requireMatched(modifier, { left, right }, reading);
  if (setOperator === 'Or') return union(left, right);
  if (setOperator !== undefined) return left;
  if (modifier === undefined) return union(left, right);
  const [, included = []] = clausesOf(modifier);
  const names = new Set(included.map((label) => textOf(label, reading)));
  if (childNamed(modifier, 'GroupLeft') !== undefined) return union(left, names);
  if (childNamed(modifier, 'GroupRight') !== undefined) return union(right, names);
  return childNamed(modifier, 'On') === undefined ? without(left, matched) : new Set(matched);
}

/** @returns the labels of `on` or `ignoring`; those of `on` must exist on both sides, or the sides never meet */
function requireMatched(
  modifier: QueryNode | undefined,
  { left, right }: { left: Labels; right: Labels },
  reading: Reading,
): string[] {
  if (modifier === undefined) return [];
  const [matching = []] = clausesOf(modifier);
  if (childNamed(modifier, 'On') !== undefined) {
    for (const label of matching) {
      requireLabel(label, { labels: left, of: 'the left side' }, reading);
      requireLabel(label, { labels: right, of: 'the right side' }, reading);
    }
  }
  return matching.map((label) => textOf(label, reading));
}

function labelsOfCall(node: QueryNode, reading: Reading): Labels {
  const body = childNamed(node, 'FunctionCallBody');
  const parameters = body === undefined ? [] : expressionsOf(body);
  const labels = unionOf(parameters, reading);
  const name = childrenOf(node)[0];
  switch (name === undefined ? '' : textOf(name, reading)) {
    case 'absent':
    case 'absent_over_time':
      return 'any';
    case 'scalar':
      return NO_LABELS;
    case 'histogram_quantile':
      return without(labels, ['le']);
    case 'label_join':
    case 'label_replace':
      return union(
        labels,
        new Set(parameters.slice(1, 2).map((label) => textOf(label, reading).slice(1, -1))),
      );
    default:
      return labels;
  }
}

function requireLabel(
  node: QueryNode,
  { labels, of }: { labels: Labels; of: string },
  reading: Reading,
): void {
  const label = textOf(node, reading);
  if (has(labels, label)) return;
  const known = labels === 'any' ? [] : [...labels].sort();
  const hint = known.length === 0 ? 'it has no labels' : `labels: ${known.join(', ')}`;
  const { from, to } = node;
  reading.findings.push({ code: 'LABEL_UNKNOWN', message: `${of} has no label ${label}`, hint, from, to });
}

function groupingOf(modifier: QueryNode | undefined): QueryNode[] {
  return modifier === undefined ? [] : (clausesOf(modifier)[0] ?? []);
}

/** The label lists of a modifier, each as its names: of `on (a) group_left (b)` two. */
function clausesOf(modifier: QueryNode): QueryNode[][] {
  return childrenOf(modifier)
    .filter(({ name }) => name === 'GroupingLabels')
    .map((list) => childrenOf(list).filter(({ name }) => name === 'LabelName'));
}

function textOf({ from, to }: QueryNode, { expr }: Reading): string {
  return expr.slice(from, to);
}
