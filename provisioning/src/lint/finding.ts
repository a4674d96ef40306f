import type { ConfigPath, Diagnostic } from '@evenkeel/toolkit';
import type { PlacedFile } from './placed-file.ts';
import type { QueryFinding } from '../promql/analyse.ts';

/** A query with where it is written, and as it is asked: with values for its variables. */
export interface PlacedQuery {
  document: PlacedFile;
  path: ConfigPath;
  expr: string;
}

const LINES_OF_A_QUERY = 30;

/** A finding about a part of a query, with the caret under that part where it is found. */
export function atQuery({ document, path, expr }: PlacedQuery, finding: QueryFinding): Diagnostic {
  const { code, message, hint, from, to } = finding;
  const whole = document.atValue(path, { code, message, ...(hint === undefined ? {} : { hint }) });
  const place = findPart(document.text.split('\n'), whole, expr.slice(from, to));
  return place === undefined ? whole : { ...whole, ...place };
}

/** Looks for a part of the text from a place on; quotes and folded lines make counting characters useless. */
function findPart(
  lines: readonly string[],
  { line, column }: Diagnostic,
  part: string,
): Pick<Diagnostic, 'line' | 'column' | 'length'> | undefined {
  if (!/^[\w:]+$/.test(part)) return undefined;
  const pattern = new RegExp(`(?<![\\w:])${part}(?![\\w:])`);
  for (let index = line - 1; index < Math.min(lines.length, line + LINES_OF_A_QUERY); index++) {
    const skipped = index === line - 1 ? column - 1 : 0;
    const match = pattern.exec(lines[index]!.slice(skipped));
    if (match !== null) return { line: index + 1, column: skipped + match.index + 1, length: part.length };
  }
  return undefined;
}
