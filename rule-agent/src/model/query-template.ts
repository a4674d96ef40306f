import type { Target } from './target.ts';

const PLACEHOLDER = /\$\{target\.([a-zA-Z_][a-zA-Z0-9_]*)\}/g;

/** Whether a PromQL has to be asked for each target. */
export function isTemplate(promql: string): boolean {
  return promql.search(PLACEHOLDER) !== -1;
}

/** The labels of the target that a PromQL wants. */
export function labelsOfTemplate(promql: string): string[] {
  return [...new Set([...promql.matchAll(PLACEHOLDER)].map(([, label]) => label!))];
}

/**
 * Whether every placeholder stands within double quotes: only there can a label's value be written so that it is text
 * and nothing else.
 */
export function isQuoted(promql: string): boolean {
  const outside = split(promql).outside.join('""');
  return !isTemplate(outside) && !/['`]/.test(outside);
}

/** Whether a placeholder is part of a regular expression, where a label's value would not stand for itself. */
export function isInPattern(promql: string): boolean {
  const { outside, strings } = split(promql);
  return strings.some((text, index) => isTemplate(text) && /[=!]~$/.test(outside[index]!.trimEnd()));
}

/** What stands in double quotes, and the texts around it: one more. A quote that is not closed is part of the last one. */
function split(promql: string): { outside: string[]; strings: string[] } {
  const outside: string[] = [];
  const strings: string[] = [];
  let from = 0;
  for (let start = promql.indexOf('"'); start !== -1; start = promql.indexOf('"', from)) {
    const end = endOfString(promql, start);
    if (end === -1) break;
    outside.push(promql.slice(from, start));
    strings.push(promql.slice(start + 1, end));
    from = end + 1;
  }
  return { outside: [...outside, promql.slice(from)], strings };
}

function endOfString(promql: string, start: number): number {
  for (let at = start + 1; at < promql.length; at++) {
    if (promql[at] === '"') return at;
    if (promql[at] === '\\') at++;
  }
  return -1;
}

/** The query for one target. A label's value becomes text of a string literal, whatever it holds. */
export function queryFor(template: string, target: Target): string {
  return template.replace(PLACEHOLDER, (_whole, label: string) => escapeString(target[label] ?? ''));
}

function escapeString(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
