import { type Diagnostic, sortDiagnostics } from './diagnostic.ts';

/**
 * Renders findings for a terminal: position, message, the line, a caret, a hint.
 *
 * @param sources file name -> its text; a finding whose file is not there is shown without its line
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): string {
  const blocks = sortDiagnostics(diagnostics).map((diagnostic) =>
    renderOne(diagnostic, sources.get(diagnostic.file)),
  );
  return [...blocks, renderCount(diagnostics)].join('\n');
}

function renderOne(diagnostic: Diagnostic, source: string | undefined): string {
  const { file, line, column, severity, message, code, hint } = diagnostic;
  const lines = [`${file}:${line}:${column}: ${severity}: ${message} [${code}]`];
  const sourceLine = source?.split('\n')[line - 1];
  if (sourceLine !== undefined) lines.push(...renderExcerpt(diagnostic, sourceLine));
  if (hint !== undefined) lines.push(`       = hint: ${hint}`);
  return `${lines.join('\n')}\n`;
}

function renderExcerpt({ line, column, length = 1 }: Diagnostic, sourceLine: string): string[] {
  const gutter = String(line).padStart(5);
  // A tab before the caret keeps the caret under its character whatever the tab width.
  const indent = sourceLine.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const room = Math.max(1, sourceLine.length - column + 1);
  const caret = '^'.repeat(Math.max(1, Math.min(length, room)));
  return [`${gutter} | ${sourceLine.trimEnd()}`, `      | ${indent}${caret}`];
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
