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

/** As many findings of one file as anybody reads before mending the first. */
export const MOST_DIAGNOSTICS = 50;

/** The first findings of a file, with one at their end that says so when there are more. */
export function firstDiagnostics(found: Iterable<Diagnostic>): Diagnostic[] {
  const first: Diagnostic[] = [];
  for (const diagnostic of found) {
    if (first.length === MOST_DIAGNOSTICS) return [...first, more(diagnostic)];
    first.push(diagnostic);
  }
  return first;
}

function more({ file, line, column, severity }: Diagnostic): Diagnostic {
  return {
    ...{ file, line, column, severity },
    code: 'MORE_FINDINGS',
    message: `there is more from here on; only the first ${MOST_DIAGNOSTICS} are shown`,
    hint: 'mend those and check again',
  };
}

/** Orders findings as a reader meets them: by file, line and column. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
  );
}
