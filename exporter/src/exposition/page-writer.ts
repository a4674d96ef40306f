import { MAX_NUMBER_BYTES, writeNumber } from './number-text.ts';

const FIRST_BLOCK_BYTES = 64 * 1024;
const LARGE_BLOCK_BYTES = 1024 * 1024;
const MAX_SPARE_BLOCKS = 12;
const MAX_BYTES_PER_CHARACTER = 3;
const NEWLINE = 10;

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

  /** Takes back blocks that nobody reads any more. */
  give(blocks: readonly Buffer[]): void {
    for (const block of blocks) {
      const isWanted = block.length === LARGE_BLOCK_BYTES && this.#spare.length < MAX_SPARE_BLOCKS;
      if (isWanted) this.#spare.push(block);
    }
  }
}

export interface Written {
  /** The bytes in order, each a part of a block. */
  pieces: readonly Buffer[];
  blocks: readonly Buffer[];
}

/** Writes a page into blocks of a pool. Writing a line makes no garbage. */
export class PageWriter {
  readonly #pieces: Buffer[] = [];
  readonly #blocks: Buffer[];
  readonly #pool: BlockPool;
  #block: Buffer;
  #used = 0;

  constructor(pool: BlockPool = new BlockPool()) {
    this.#pool = pool;
    this.#block = pool.take(FIRST_BLOCK_BYTES);
    this.#blocks = [this.#block];
  }

  /** Makes room for that many bytes of copies and values; a text makes its own. */
  reserve(bytes: number): void {
    if (this.#used + bytes <= this.#block.length) return;
    if (this.#used > 0) this.#pieces.push(this.#block.subarray(0, this.#used));
    this.#block = this.#pool.take(Math.max(bytes, LARGE_BLOCK_BYTES));
    this.#blocks.push(this.#block);
    this.#used = 0;
  }

  text(text: string): void {
    this.reserve(text.length * MAX_BYTES_PER_CHARACTER);
    this.#used += this.#block.write(text, this.#used);
  }

  copy(source: Buffer, from: number, to: number): void {
    this.#used += source.copy(this.#block, this.#used, from, to);
  }

  /** A value, and the end of its line. */
  value(value: number): void {
    const end = writeNumber(value, this.#block, this.#used);
    this.#block[end] = NEWLINE;
    this.#used = end + 1;
  }

  finish(): Written {
    this.#pieces.push(this.#block.subarray(0, this.#used));
    return { pieces: this.#pieces, blocks: this.#blocks };
  }
}
