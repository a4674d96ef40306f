/** What becomes of lines. */
export interface Lines {
  take(line: string): void;
  /** A line was longer than the limit and left out. */
  skipLong(): void;
}

/** Longer than any line that a server writes with its default limits on headers. */
export const MAX_LINE_BYTES = 64 * 1024;

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * Cuts chunks of a file into lines. What follows the last newline waits for the next chunk, in bytes, so that a character
 * may be cut too. It gives the same lines however the file is cut into chunks, if none is larger than a line may be.
 */
export class LineSplitter {
  #rest: Buffer = NOTHING;
  #isSkipping = false;

  /** The part of a line that has been read. */
  get rest(): Buffer {
    return this.#rest;
  }

  /** Forgets the part of a line. */
  reset(): void {
    this.#rest = NOTHING;
    this.#isSkipping = false;
  }

  push(chunk: Buffer, lines: Lines): void {
    const first = chunk.indexOf(NEWLINE);
    if (first === -1) {
      this.#keep(chunk, lines);
      return;
    }
    this.#endLine(chunk.subarray(0, first), lines);
    const last = chunk.lastIndexOf(NEWLINE);
    if (last > first) eachLine(chunk.toString('utf8', first + 1, last), lines);
    this.#keep(chunk.subarray(last + 1), lines);
  }

  #endLine(part: Buffer, lines: Lines): void {
    const rest = this.#rest;
    const isSkipping = this.#isSkipping;
    this.reset();
    if (isSkipping) return;
    if (rest.length + part.length > MAX_LINE_BYTES) lines.skipLong();
    else takeLine((rest.length === 0 ? part : Buffer.concat([rest, part])).toString(), lines);
  }

  #keep(part: Buffer, lines: Lines): void {
    if (this.#isSkipping || part.length === 0) return;
    if (this.#rest.length + part.length <= MAX_LINE_BYTES) {
      // A copy: the chunk's memory is read into again.
      this.#rest = Buffer.concat([this.#rest, part]);
      return;
    }
    this.reset();
    this.#isSkipping = true;
    lines.skipLong();
  }
}

function eachLine(text: string, lines: Lines): void {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    takeLine(text.slice(start, end), lines);
    start = end + 1;
  }
  takeLine(text.slice(start), lines);
}

/** An empty line says nothing. */
function takeLine(line: string, lines: Lines): void {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text !== '') lines.take(text);
}
