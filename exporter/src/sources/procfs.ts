import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const INITIAL_BUFFER_BYTES = 64 * 1024;

/**
 * Reads files of the kernel under one root, `/proc` by default.
 *
 * Reads are synchronous on purpose: the kernel writes these texts from memory, and a detour over the thread pool costs
 * several times the read itself. The buffer is kept between reads.
 */
export class Procfs {
  readonly root: string;
  #buffer = Buffer.allocUnsafe(INITIAL_BUFFER_BYTES);

  constructor(root = '/proc') {
    this.root = root;
  }

  /** @throws Error with the system's code when the file cannot be opened or read */
  read(path: string): string {
    return this.#read(path, 'utf8');
  }

  /** The same for a file that need not be UTF-8: a character for each byte. */
  readLatin1(path: string): string {
    return this.#read(path, 'latin1');
  }

  #read(path: string, encoding: BufferEncoding): string {
    const descriptor = openSync(join(this.root, path), 'r');
    try {
      // In two steps: filling may replace the buffer.
      const length = this.#fill(descriptor);
      return this.#buffer.toString(encoding, 0, length);
    } finally {
      closeSync(descriptor);
    }
  }

  #fill(descriptor: number): number {
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, this.#buffer, length, this.#buffer.length - length, null);
      if (read === 0) return length;
      length += read;
      if (length === this.#buffer.length) this.#buffer = Buffer.concat([this.#buffer], length * 2);
    }
  }
}
