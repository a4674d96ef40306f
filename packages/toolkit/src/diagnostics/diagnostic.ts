/** A finding about a text file, as data: whoever finds it does not decide how it looks. */
export interface Diagnostic {
  file: string;
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  /** How many characters the caret underlines; 1 when left out. */
  length?: number;
  severity: 'error' | 'warning';
  /** Stable name of the check, for docs and for ignoring. */
  code: string;
  message: string;
  /** What to write instead. */
  hint?: string;
}

/** Orders findings as a reader meets them: by file, line and column. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}
