import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { type Lines, LineSplitter } from './line-splitter.ts';

const CHUNK_BYTES = 64 * 1024;
const FINGERPRINT_BYTES = 1024;
const NEWLINE = 0x0a;

/** The first bytes of a file, by which it is known again: a log that was emptied and filled anew begins otherwise. */
export interface Fingerprint {
  bytes: number;
  hash: string;
}

/** Where reading goes on after a restart. */
export interface LogPosition {
  inode: string;
  offset: number;
  fingerprint: Fingerprint;
}

const NOTHING = Buffer.alloc(0);

/** The inode of a path, which stays with a file that is renamed; undefined where there is nothing. */
export async function inodeOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) throw new Error(`${path} is no file`);
    return String(found.ino);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** One log file that is open; its name may change or go while it is read. */
export class LogFile {
  readonly inode: string;
  readonly splitter = new LineSplitter();
  /** When something was last read, in milliseconds since the epoch. */
  readAtMs: number;
  /** What has not been read, as of the last look. */
  unreadBytes = 0;
  /** Whether the next line is the first one of the file. */
  isAtFirstLine = true;
  /** What had been read of a line when the file was emptied. */
  lostRest: Buffer | undefined;
  readonly #handle: FileHandle;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #offset = 0;
  /** The first bytes, as they were when they were read. */
  #head = NOTHING;

  private constructor(handle: FileHandle, inode: string, now: number) {
    this.#handle = handle;
    this.inode = inode;
    this.readAtMs = now;
  }

  static async open(path: string, now: number): Promise<LogFile> {
    // A pipe in the place of a file must not keep the opening waiting.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { ino } = await handle.stat({ bigint: true });
    return new LogFile(handle, String(ino), now);
  }

  /** Where the next line begins; a part of one that has been read is read again. */
  position(): LogPosition {
    const offset = this.#offset - this.splitter.rest.length;
    return { inode: this.inode, offset, fingerprint: fingerprintOf(this.#head) };
  }

  /** Goes behind the last line. */
  async seekToEnd(): Promise<void> {
    const { size } = await this.#handle.stat();
    const start = Math.max(0, size - CHUNK_BYTES);
    const { bytesRead } = await this.#handle.read(this.#chunk, 0, size - start, start);
    const newline = this.#chunk.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    this.#offset = newline === -1 && start > 0 ? size : start + newline + 1;
    this.isAtFirstLine = this.#offset === 0;
    this.#head = await this.#readHead(this.#offset);
  }

  /** @returns whether this is the file that the position is of */
  async seekTo({ inode, offset, fingerprint }: LogPosition): Promise<boolean> {
    const { size } = await this.#handle.stat();
    if (inode !== this.inode || size < offset) return false;
    // A part of a line may have been read that is read again.
    const head = await this.#readHead(Math.max(offset, fingerprint.bytes));
    if (fingerprintOf(head.subarray(0, fingerprint.bytes)).hash !== fingerprint.hash) return false;
    this.#offset = offset;
    this.#head = head.subarray(0, offset);
    this.isAtFirstLine = offset === 0;
    return true;
  }

  /** Whether what was read is still there; not so when the file was emptied, whatever was written to it since. */
  async isWhole(): Promise<boolean> {
    const { size } = await this.#handle.stat();
    this.unreadBytes = Math.max(0, size - this.#offset);
    if (size < this.#offset) return false;
    return size === this.#offset || this.#head.equals(await this.#readHead(this.#head.length));
  }

  /** Goes to the start of the file, which was emptied. */
  restart(): void {
    this.#offset = 0;
    this.#head = NOTHING;
    this.isAtFirstLine = true;
    if (this.splitter.rest.length > 0) this.lostRest = this.splitter.rest;
    this.splitter.reset();
  }

  /** Reads one chunk. @returns whether there was anything */
  async readChunk(lines: Lines, now: number): Promise<boolean> {
    const { bytesRead } = await this.#handle.read(this.#chunk, 0, CHUNK_BYTES, this.#offset);
    if (bytesRead === 0) {
      this.unreadBytes = 0;
      return false;
    }
    const chunk = this.#chunk.subarray(0, bytesRead);
    if (this.#offset < FINGERPRINT_BYTES)
      this.#head = Buffer.concat([this.#head, chunk]).subarray(0, FINGERPRINT_BYTES);
    this.#offset += bytesRead;
    this.unreadBytes = Math.max(0, this.unreadBytes - bytesRead);
    this.readAtMs = now;
    this.splitter.push(chunk, lines);
    return true;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #readHead(upTo: number): Promise<Buffer<ArrayBuffer>> {
    const head = Buffer.alloc(Math.min(FINGERPRINT_BYTES, upTo));
    const { bytesRead } = await this.#handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  }
}

function fingerprintOf(head: Buffer): Fingerprint {
  return { bytes: head.length, hash: createHash('sha256').update(head).digest('hex').slice(0, 32) };
}
