import type { Target } from './target.ts';

const PLACEHOLDER = /\$\{target\.([a-zA-Z_][a-zA-Z0-9_]*)\}/g;

/** Whether a PromQL has to be asked for each target. */
export function isTemplate(promql: string): boolean {
  return promql.search(PLACEHOLDER) !== -1;
}

/** The labels of the target that a PromQL wants. */
export function labelsOfTemplate(promql: string): string[] {
  return [...promql.matchAll(PLACEHOLDER)].map(([, label]) => label!);
}

/**
 * Whether every placeholder stands within double quotes: only there can a label's value be written so that it is text
 * and nothing else.
 */
export function isQuoted(promql: string): boolean {
  const outside = promql.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return !isTemplate(outside) && !/['`]/.test(outside);
}

/** Whether a placeholder is part of a regular expression, where a label's value would not stand for itself. */
export function isInPattern(promql: string): boolean {
  return /[=!]~\s*"(?:[^"\\]|\\.)*?\$\{target\./.test(promql);
}

/** The query for one target. A label's value becomes text of a string literal, whatever it holds. */
export function queryFor(template: string, target: Target): string {
  return template.replace(PLACEHOLDER, (_whole, label: string) => escapeString(target[label] ?? ''));
}

function escapeString(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
