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
export function readLocalSize(path: string): FilesystemSize {
  return toSize(statfsSync(path));
}

/**
 * Sizes of file systems that may hang, such as a network share whose server is gone.
 *
 * A path that has not answered yet is not asked again: each question holds a thread of the pool until it ends.
 */
export class RemoteSizes {
  readonly #pending = new Set<string>();
  readonly #ask: (path: string) => Promise<RawSize>;

  constructor(ask: (path: string) => Promise<RawSize> = (path) => statfs(path)) {
    this.#ask = ask;
  }

  /** @throws Error when the path cannot be read, hangs since an earlier read, or the signal aborts first */
  async read(path: string, signal: AbortSignal): Promise<FilesystemSize> {
    if (this.#pending.has(path)) throw new Error(`${path} does not answer`);
    this.#pending.add(path);
    const answer = this.#ask(path).finally(() => this.#pending.delete(path));
    return toSize(await untilAborted(answer, signal, `${path} does not answer`));
  }
}

function toSize({ bsize, blocks, bfree, bavail }: RawSize): FilesystemSize {
  return { sizeBytes: blocks * bsize, freeBytes: bfree * bsize, availableBytes: bavail * bsize };
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
