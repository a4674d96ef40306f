/** A column of a table for a terminal. */
export interface Column<Row> {
  title: string;
  /** Empty where there is nothing to say; a column without a single text is left out. */
  of: (row: Row) => string;
  isNumber?: boolean;
  /** It gives way where the table is wider than the terminal. */
  gives?: boolean;
}

const GAP = '  ';
/** No column that gives way becomes narrower than this, or than its title. */
const NARROWEST = 8;

/** A table as lines, no wider than `width` as far as its columns give way. */
export function textTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width = Infinity,
): string[] {
  const shown = columns.filter(({ of }) => rows.some((row) => of(row) !== ''));
  const cells = rows.map((row) => shown.map(({ of }) => of(row) || '-'));
  const widths = shown.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((line) => line[at]!.length)),
  );
  narrow(widths, shown, width);
  return [shown.map(({ title }) => title), ...cells].map((line) =>
    line
      .map((cell, at) => placed(cut(cell, widths[at]!), widths[at]!, shown[at]!))
      .join(GAP)
      .trimEnd(),
  );
}

/** Takes from the widest column that gives way, until the line fits. */
function narrow<Row>(widths: number[], columns: readonly Column<Row>[], most: number): void {
  const room = (at: number) =>
    columns[at]!.gives === true ? widths[at]! - Math.max(NARROWEST, columns[at]!.title.length) : 0;
  let over = widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length) - most;
  for (; over > 0; over -= 1) {
    const giving = widths.map((_, at) => at).filter((at) => room(at) > 0);
    if (giving.length === 0) return;
    const widest = giving.reduce((best, at) => (widths[at]! > widths[best]! ? at : best));
    widths[widest]! -= 1;
  }
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function placed<Row>(text: string, width: number, { isNumber = false }: Column<Row>): string {
  return isNumber ? text.padStart(width) : text.padEnd(width);
}

/** Breaks a text between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
