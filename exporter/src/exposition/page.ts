import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';

/** Level 6 takes four times as long for an eighth fewer bytes. */
const GZIP_LEVEL = 1;
/** Below this, compressing at once takes less than handing it to another thread. */
const GZIP_AT_ONCE_BYTES = 128 * 1024;
/** How long a page may hold up everything else at a time. */
const HOLD_MS = 1.5;

/** A page of metrics as it is sent; several scrapers may be sent the same one. */
export class Page {
  readonly contentType: string;
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
  #gzipped: Promise<readonly Buffer[]> | undefined;

  constructor(contentType: string, pieces: readonly Buffer[]) {
    this.contentType = contentType;
    this.pieces = pieces;
    this.bytes = lengthOf(pieces);
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

/** Takes all pieces, and lets others work whenever 1.5 ms have passed. */
export async function gather(pieces: Iterable<Buffer>): Promise<Buffer[]> {
  const gathered: Buffer[] = [];
  let sinceMs = performance.now();
  for (const piece of pieces) {
    gathered.push(piece);
    if (performance.now() - sinceMs < HOLD_MS) continue;
    await turn();
    sinceMs = performance.now();
  }
  return gathered;
}

async function compress(pieces: readonly Buffer[], bytes: number): Promise<readonly Buffer[]> {
  const options = { level: GZIP_LEVEL };
  if (bytes <= GZIP_AT_ONCE_BYTES) return [gzipSync(Buffer.concat(pieces), options)];
  const compressed: Buffer[] = [];
  for await (const chunk of Readable.from(pieces).pipe(createGzip(options))) compressed.push(chunk as Buffer);
  return compressed;
}
