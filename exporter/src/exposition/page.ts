import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';

/** Level 6 takes four times as long for an eighth fewer bytes. */
const GZIP_LEVEL = 1;
/** Below this, compressing at once takes less than handing it to another thread. */
const GZIP_AT_ONCE_BYTES = 128 * 1024;

/** A page of metrics as it is sent; several scrapers may be sent the same one. */
export class Page {
  readonly contentType: string;
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
  readonly #recycle: () => void;
  #gzipped: Promise<readonly Buffer[]> | undefined;
  #readers = 1;

  constructor(contentType: string, pieces: readonly Buffer[], recycle: () => void = () => undefined) {
    this.contentType = contentType;
    this.pieces = pieces;
    this.bytes = lengthOf(pieces);
    this.#recycle = recycle;
  }

  /** Says how many will read the page and release it. */
  shareWith(readers: number): void {
    this.#readers = readers;
  }

  /** To be called once by each reader that has sent the page: after the last one its memory is used for another. */
  release(): void {
    if (--this.#readers === 0) this.#recycle();
  }

  /** The same compressed; once, however many ask. */
  gzipped(): Promise<readonly Buffer[]> {
    this.#gzipped ??= compress(this.pieces, this.bytes);
    return this.#gzipped;
  }

  toString(): string {
    return Buffer.concat(this.pieces).toString();
  }
}

export function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((bytes, piece) => bytes + piece.length, 0);
}

async function compress(pieces: readonly Buffer[], bytes: number): Promise<readonly Buffer[]> {
  const options = { level: GZIP_LEVEL };
  if (bytes <= GZIP_AT_ONCE_BYTES) return [gzipSync(Buffer.concat(pieces), options)];
  const compressed: Buffer[] = [];
  for await (const chunk of Readable.from(pieces).pipe(createGzip(options))) compressed.push(chunk as Buffer);
  return compressed;
}
