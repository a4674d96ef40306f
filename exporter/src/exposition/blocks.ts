import { setImmediate as turn } from 'node:timers/promises';

/** How long a page may hold up everything else at a time. */
const HOLD_MS = 1;
const FIRST_BLOCK_BYTES = 64 * 1024;
const LARGE_BLOCK_BYTES = 1024 * 1024;
const MAX_SPARE_BLOCKS = 12;
const MAX_BYTES_PER_CHARACTER = 3;

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

export interface Encoded {
  /** The bytes in order, each a part of a block. */
  pieces: readonly Buffer[];
  blocks: readonly Buffer[];
}

/** Encodes all texts, and lets others work whenever a millisecond has passed. */
export async function encode(texts: Iterable<string>, pool: BlockPool): Promise<Encoded> {
  const writer = new BlockWriter(pool);
  let sinceMs = performance.now();
  for (const text of texts) {
    writer.add(text);
    if (performance.now() - sinceMs < HOLD_MS) continue;
    await turn();
    sinceMs = performance.now();
  }
  return writer.finish();
}

class BlockWriter {
  readonly #pieces: Buffer[] = [];
  readonly #blocks: Buffer[];
  readonly #pool: BlockPool;
  #block: Buffer;
  #used = 0;

  constructor(pool: BlockPool) {
    this.#pool = pool;
    this.#block = pool.take(FIRST_BLOCK_BYTES);
    this.#blocks = [this.#block];
  }

  add(text: string): void {
    const neededBytes = text.length * MAX_BYTES_PER_CHARACTER;
    if (this.#used + neededBytes > this.#block.length) this.#begin(neededBytes);
    this.#used += this.#block.write(text, this.#used);
  }

  finish(): Encoded {
    this.#pieces.push(this.#block.subarray(0, this.#used));
    return { pieces: this.#pieces, blocks: this.#blocks };
  }

  #begin(neededBytes: number): void {
    if (this.#used > 0) this.#pieces.push(this.#block.subarray(0, this.#used));
    this.#block = this.#pool.take(Math.max(neededBytes, LARGE_BLOCK_BYTES));
    this.#blocks.push(this.#block);
    this.#used = 0;
  }
}
