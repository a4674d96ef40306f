import { parser } from '@prometheus-io/lezer-promql';

/** A node of the parsed query; only what is asked for here. */
export interface QueryNode {
  name: string;
  from: number;
  to: number;
  firstChild: QueryNode | null;
  nextSibling: QueryNode | null;
}

/** Parses PromQL; mistakes become nodes of their own, see isMistake. */
export function parseQuery(expr: string): QueryNode {
  return parser.parse(expr).topNode;
}

export function isMistake({ name }: QueryNode): boolean {
  return name === '⚠';
}

export function childrenOf(node: QueryNode): QueryNode[] {
  const children: QueryNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** The node and all below it, from left to right. */
export function* nodesOf(node: QueryNode): Generator<QueryNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

export function childNamed(node: QueryNode, ...names: readonly string[]): QueryNode | undefined {
  return childrenOf(node).find(({ name }) => names.includes(name));
}

const EXPRESSIONS = new Set([
  'AggregateExpr',
  'BinaryExpr',
  'FunctionCall',
  'MatrixSelector',
  'NumberDurationLiteral',
  'OffsetExpr',
  'ParenExpr',
  'StepInvariantExpr',
  'StringLiteral',
  'SubqueryExpr',
  'UnaryExpr',
  'VectorSelector',
]);

/** The children that have a value: operands and arguments. */
export function expressionsOf(node: QueryNode): QueryNode[] {
  return childrenOf(node).filter(({ name }) => EXPRESSIONS.has(name));
}
