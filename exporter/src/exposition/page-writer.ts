import { MAX_NUMBER_BYTES, writeNumber } from './number-text.ts';

const FIRST_BLOCK_BYTES = 64 * 1024;
const LARGE_BLOCK_BYTES = 1024 * 1024;
const MAX_SPARE_BLOCKS = 12;
const MAX_BYTES_PER_CHARACTER = 3;
const NEWLINE = 10;

/** How much is copied at a time; a source must be readable that far past its end, less one byte. */
export const WORD_BYTES = 4;

/** What a line takes besides what stands before its value. */
export const MAX_VALUE_BYTES = MAX_NUMBER_BYTES + 1;

/** Large blocks of memory for pages, used again: left to the garbage collector, 8 MB a scrape pile up to hundreds. */
export class BlockPool {
  readonly #spare: Buffer[] = [];

  /** @returns a block of at least that many bytes */
  take(bytes: number): Buffer {
    const spare = bytes === LARGE_BLOCK_BYTES ? this.#spare.pop() : undefined;
    return spare ?? Buffer.allocUnsafeSlow(bytes);
  }

  /** Takes back the memory of pieces that nobody reads any more. */
  give(pieces: readonly Buffer[]): void {
    for (const { buffer } of pieces) {
      const isWanted = buffer.byteLength === LARGE_BLOCK_BYTES && this.#spare.length < MAX_SPARE_BLOCKS;
      if (isWanted) this.#spare.push(Buffer.from(buffer));
    }
  }
}

/** Writes a page into blocks of a pool. Writing a line makes no garbage. */
export class PageWriter {
  readonly #pieces: Buffer[] = [];
  readonly #pool: BlockPool;
  #block: Buffer;
  #view: DataView;
  #used = 0;

  constructor(pool: BlockPool = new BlockPool()) {
    this.#pool = pool;
    this.#block = pool.take(FIRST_BLOCK_BYTES);
    this.#view = new DataView(this.#block.buffer);
  }

  /** Makes room for that many bytes of copies and values; whole texts and bytes make their own. */
  reserve(bytes: number): void {
    if (this.#used + bytes <= this.#block.length) return;
    if (this.#used > 0) this.#pieces.push(this.#block.subarray(0, this.#used));
    this.#block = this.#pool.take(Math.max(bytes, LARGE_BLOCK_BYTES));
    this.#view = new DataView(this.#block.buffer);
    this.#used = 0;
  }

  text(text: string): void {
    this.reserve(text.length * MAX_BYTES_PER_CHARACTER);
    this.#used += this.#block.write(text, this.#used);
  }

  bytes(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.#used += bytes.copy(this.#block, this.#used);
  }

  /**
   * Copies what stands before a value. It goes word by word, which for some dozens of bytes takes half of what a call of
   * memcpy does, and so reads and writes up to three bytes too many: the source must have them, the value overwrites them.
   */
  copy(source: DataView, from: number, to: number): void {
    let at = this.#used;
    for (let next = from; next < to; next += WORD_BYTES, at += WORD_BYTES)
      this.#view.setInt32(at, source.getInt32(next));
    this.#used += to - from;
  }

  /** A value, and the end of its line. */
  value(value: number): void {
    const end = writeNumber(value, this.#block, this.#used);
    this.#block[end] = NEWLINE;
    this.#used = end + 1;
  }

  /** @returns the bytes in order, each piece a block of its own */
  finish(): readonly Buffer[] {
    return [...this.#pieces, this.#block.subarray(0, this.#used)];
  }
}
