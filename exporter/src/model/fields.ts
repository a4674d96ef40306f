/** Splits a line of columns that are set apart by blanks. */
export function splitFields(line: string): string[] {
  return line.trim().split(/\s+/);
}

/**
 * Reads a whole, non-negative number of a kernel file.
 *
 * @throws Error naming the file and what stands there instead
 */
export function readCount(text: string | undefined, file: string): number {
  if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  throw malformed(file, text);
}

/** The same for a number with decimals. */
export function readDecimal(text: string | undefined, file: string): number {
  if (text !== undefined && /^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  throw malformed(file, text);
}

export function malformed(file: string, text: string | undefined): Error {
  const found = text === undefined ? 'the file ends early' : `found "${text.slice(0, 40)}"`;
  return new Error(`${file} is malformed: expected a number, ${found}`);
}
