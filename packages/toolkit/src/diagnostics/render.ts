import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';
import { hideSecrets } from './hide-secrets.ts';
import { mask, shorten } from './shorten.ts';

/** How much of a line is shown when it is too long, and how much of that stands before the caret. */
const WIDTH = 160;
const BEFORE = 60;

/**
 * Renders findings for a terminal: position, message, the line, a caret, a hint.
 *
 * @param sources file name -> its text; a finding whose file is not there is shown without its line
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): string {
  const lines = new Map<string, string[]>();
  const linesOf = (file: string) => {
    const known = lines.get(file) ?? sources.get(file)?.split('\n') ?? [];
    lines.set(file, known);
    return known;
  };
  const blocks = sortDiagnostics(diagnostics).map((diagnostic) =>
    renderOne(diagnostic, linesOf(diagnostic.file)[diagnostic.line - 1]),
  );
  return [...blocks, renderCount(diagnostics)].join('\n');
}

function renderOne(diagnostic: Diagnostic, sourceLine: string | undefined): string {
  const { file, line, column, severity, message, code, hint } = diagnostic;
  const lines = [`${file}:${line}:${column}: ${severity}: ${shorten(message)} [${code}]`];
  if (sourceLine !== undefined) lines.push(...renderExcerpt(diagnostic, sourceLine));
  if (hint !== undefined) lines.push(`       = hint: ${shorten(hint)}`);
  return `${lines.join('\n')}\n`;
}

function renderExcerpt({ line, column, length = 1 }: Diagnostic, sourceLine: string): string[] {
  const gutter = String(line).padStart(5);
  const { text, offset } = excerptOf(hideSecrets(sourceLine), column - 1);
  // A tab before the caret keeps the caret under its character whatever the tab width.
  const indent = text.slice(0, offset).replace(/[^\t]/g, ' ');
  const caret = '^'.repeat(Math.max(1, Math.min(length, text.length - offset)));
  return [`${gutter} | ${text.trimEnd()}`, `      | ${indent}${caret}`];
}

/** The part of a line around a place in it, and where the place stands in that part. */
function excerptOf(sourceLine: string, at: number): { text: string; offset: number } {
  if (sourceLine.length <= WIDTH) return { text: mask(sourceLine), offset: at };
  const from = Math.max(0, Math.min(at - BEFORE, sourceLine.length - WIDTH));
  const [start, end] = [from > 0 ? '…' : '', from + WIDTH < sourceLine.length ? '…' : ''];
  return { text: start + mask(sourceLine.slice(from, from + WIDTH)) + end, offset: at - from + start.length };
}

function renderCount(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')].filter((count) => count !== '');
  return counts.length === 0 ? 'no findings' : counts.join(', ');
}

function plural(count: number, noun: string): string {
  if (count === 0) return '';
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
