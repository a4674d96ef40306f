import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

export interface FilesystemSize {
  sizeBytes: number;
  freeBytes: number;
  /** Free bytes that a user other than root can have. */
  availableBytes: number;
}

interface RawSize {
  bsize: number;
  blocks: number;
  bfree: number;
  bavail: number;
}

/** The size of a file system on a local device, at once. */
export function readLocalSize(path: string | Buffer): FilesystemSize {
  return toSize(statfsSync(path));
}

/**
 * Sizes of file systems that may hang, such as a network share whose server is gone.
 *
 * A path that has not answered yet is not asked again: each question holds a thread of the pool until it ends.
 */
export class RemoteSizes {
  readonly #pending = new Set<string>();
  readonly #ask: (path: string | Buffer) => Promise<RawSize>;

  constructor(ask: (path: string | Buffer) => Promise<RawSize> = (path) => statfs(path)) {
    this.#ask = ask;
  }

  /** @throws Error when the path cannot be read, hangs since an earlier read, or the signal aborts first */
  async read(path: string | Buffer, signal: AbortSignal): Promise<FilesystemSize> {
    const name = String(path);
    if (this.#pending.has(name)) throw new Error(`${name} does not answer`);
    this.#pending.add(name);
    const answer = this.#ask(path).finally(() => this.#pending.delete(name));
    return toSize(await untilAborted(answer, signal, `${name} does not answer`));
  }
}

/** Block counts of 64 bits that have fallen below zero: a share over its quota, a file system whose reserve is in use. */
const WRAPPED = 2 ** 63;

function toSize({ bsize, blocks, bfree, bavail }: RawSize): FilesystemSize {
  const freeBlocks = within(blocks, bfree);
  const availableBlocks = within(freeBlocks, bavail);
  return {
    sizeBytes: blocks * bsize,
    freeBytes: freeBlocks * bsize,
    availableBytes: availableBlocks * bsize,
  };
}

function within(most: number, count: number): number {
  return count >= WRAPPED ? 0 : Math.min(most, count);
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal, message: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Error(message));
  signal.addEventListener('abort', onAbort, { once: true });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
