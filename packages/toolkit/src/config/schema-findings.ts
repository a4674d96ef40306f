import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { shorten } from '../diagnostics/shorten.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { ConfigDocument } from './document.ts';
import { alternatives, innerOf, type JsonSchema, propertiesOf, toJsonSchema } from './json-schema.ts';

type Issue = z.core.$ZodIssue;

/** Turns what zod found wrong into findings with line, column and a hint, one after the other as they are asked for. */
export function* schemaDiagnostics(
  document: ConfigDocument,
  schema: z.ZodType,
  issues: readonly Issue[],
): Generator<Diagnostic> {
  const jsonSchema = toJsonSchema(schema);
  for (const issue of issues) yield* diagnoseIssue(document, jsonSchema, issue);
}

function* diagnoseIssue(
  document: ConfigDocument,
  jsonSchema: JsonSchema,
  issue: Issue,
): Generator<Diagnostic> {
  const path = issue.path;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeysAt(jsonSchema, path);
    for (const key of issue.keys) yield document.atKey(path, key, unknownKey(key, known));
    return;
  }
  if (issue.code === 'invalid_union') {
    yield* diagnoseUnion(document, jsonSchema, issue);
    return;
  }
  const finding = isMissing(document, issue)
    ? { message: missing(document, path), hint: expectation(issue) }
    : { message: lowerFirst(issue.message), hint: expectation(issue) };
  yield document.atValue(path, { code: 'CONFIG_INVALID', ...dropUndefined(finding) });
}

/** Of a union that fits nowhere, the branch that came nearest speaks: the one that failed deepest, then least often. */
function* diagnoseUnion(
  document: ConfigDocument,
  jsonSchema: JsonSchema,
  issue: Extract<Issue, { code: 'invalid_union' }>,
): Generator<Diagnostic> {
  const branches = issue.errors
    .filter((branch) => branch.length > 0)
    .sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  const nearest = branches[0];
  if (nearest === undefined) {
    yield document.atValue(issue.path, { code: 'CONFIG_INVALID', message: lowerFirst(issue.message) });
    return;
  }
  for (const inner of nearest) {
    yield* diagnoseIssue(document, jsonSchema, { ...inner, path: [...issue.path, ...inner.path] });
  }
}

function depthOf(branch: readonly Issue[]): number {
  return Math.max(...branch.map((issue) => issue.path.length));
}

function isMissing(document: ConfigDocument, { code, path, message }: Issue): boolean {
  if (code === 'invalid_type') return message.endsWith('received undefined');
  return code === 'invalid_value' && document.yaml.getIn(path) === undefined;
}

/** In a list, whoever misses a key is called by its name: the line alone is easily mistaken. */
function missing(document: ConfigDocument, path: readonly PropertyKey[]): string {
  const [list, index, key] = path.slice(-3);
  const name = typeof index === 'number' ? document.yaml.getIn([...path.slice(0, -1), 'name']) : undefined;
  return typeof name === 'string' && key !== 'name'
    ? `${singular(String(list))} ${shorten(name, 80)} has no ${String(key)}`
    : `${String(path.at(-1))} is required`;
}

function singular(list: string): string {
  return list.replace(/s$/, '');
}

function expectation(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`;
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  return undefined;
}

function unknownKey(key: string, known: readonly string[]) {
  const near = suggest(key, known);
  const hint =
    near === undefined ? `known keys here: ${[...known].sort().join(', ')}` : `did you mean ${near}?`;
  return {
    code: 'CONFIG_UNKNOWN_KEY',
    message: `unknown key ${shorten(key, 80)}`,
    ...(known.length > 0 ? { hint } : {}),
  };
}

function knownKeysAt(root: JsonSchema, path: readonly PropertyKey[]): string[] {
  let places: JsonSchema[] = alternatives(root, root);
  for (const step of path) {
    const next = places
      .flatMap((place) => childrenAt(place, step))
      .flatMap((child) => alternatives(root, child));
    places = [...new Set(next)];
  }
  return [...new Set(places.flatMap((place) => Object.keys(propertiesOf(place))))];
}

function childrenAt(place: JsonSchema, step: PropertyKey): JsonSchema[] {
  const child =
    typeof step === 'number'
      ? innerOf(place, 'items')
      : (propertiesOf(place)[String(step)] ?? innerOf(place, 'additionalProperties'));
  return child === undefined ? [] : [child];
}

function lowerFirst(text: string): string {
  const plain = text.replace(/^(Invalid input|Invalid option|Invalid string): /, '');
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

function dropUndefined(finding: { message: string; hint: string | undefined }): {
  message: string;
  hint?: string;
} {
  const { message, hint } = finding;
  return hint === undefined || hint === message ? { message } : { message, hint };
}
