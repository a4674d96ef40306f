import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { BlockPool, PageWriter } from './page-writer.ts';

/** Level 6 takes four times as long for an eighth fewer bytes. */
const GZIP_LEVEL = 1;
/** Below this, compressing at once takes less than handing it to another thread. */
const GZIP_AT_ONCE_BYTES = 128 * 1024;

/** Few large pieces make fewer ways to the thread that compresses and back. */
const GZIP_CHUNK_BYTES = 64 * 1024;

/** A page of metrics as it is sent; several scrapers may be sent the same one. */
export class Page {
  readonly contentType: string;
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
  readonly #pool: BlockPool;
  #gzipped: Promise<readonly Buffer[]> | undefined;
  #readers = 1;

  /** @param pool where the memory of the pieces is from, and goes to */
  constructor(contentType: string, pieces: readonly Buffer[], pool = new BlockPool()) {
    this.contentType = contentType;
    this.pieces = pieces;
    this.bytes = lengthOf(pieces);
    this.#pool = pool;
  }

  /** Says how many will read the page and release it. */
  shareWith(readers: number): void {
    this.#readers = readers;
  }

  /** To be called once by each reader that has sent the page: after the last one its memory is used for another. */
  release(): void {
    if (--this.#readers > 0) return;
    this.#pool.give(this.pieces);
    void this.#gzipped?.then(
      (pieces) => this.#pool.give(pieces),
      () => undefined,
    );
  }

  /** The same compressed; once, however many ask. */
  gzipped(): Promise<readonly Buffer[]> {
    this.#gzipped ??=
      this.bytes > GZIP_AT_ONCE_BYTES ? this.#compress() : Promise.resolve([this.#compressAtOnce()]);
    return this.#gzipped;
  }

  #compressAtOnce(): Buffer {
    return gzipSync(Buffer.concat(this.pieces), { level: GZIP_LEVEL });
  }

  /** What zlib gives is copied at once: memory that lives as long as its answer is costly to collect. */
  async #compress(): Promise<readonly Buffer[]> {
    const writer = new PageWriter(this.#pool);
    const gzip = createGzip({ level: GZIP_LEVEL, chunkSize: GZIP_CHUNK_BYTES });
    for await (const chunk of Readable.from(this.pieces).pipe(gzip)) writer.bytes(chunk as Buffer);
    return writer.finish();
  }

  toString(): string {
    return Buffer.concat(this.pieces).toString();
  }
}

export function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((bytes, piece) => bytes + piece.length, 0);
}
