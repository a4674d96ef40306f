import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Lines } from './line-splitter.ts';
import { inodeOf, LogFile, type LogPosition } from './log-file.ts';

/** A server goes on writing to a log that was renamed until it is told to open a new one. */
const RETIRE_AFTER_MS = 60_000;
const MAX_RETIRING = 8;
const MAX_CHUNKS_PER_TURN = 64;
const MAX_NEIGHBOURS = 1_000;

/** What is done with lines of a log. */
export interface LogLines extends Lines {
  /** Whether a line is one of the log's format. */
  fits(line: string): boolean;
  /** A line was begun and its end never came. */
  skipCut(): void;
}

export interface Rotations {
  /** The path leads to another file. */
  renamed: number;
  /** The file was emptied. */
  truncated: number;
}

/**
 * Follows a path through rotation. Only looking tells: notices of the system are lost on network file systems and in
 * containers. Each turn reads a bounded amount.
 *
 * A renamed file is read on until nothing has come for a minute. What was read of a line when its file was emptied is
 * joined with the first line of the new content, if only together they fit.
 */
export class Tail {
  readonly path: string;
  readonly rotations: Rotations = { renamed: 0, truncated: 0 };
  readonly #lines: LogLines;
  #current: LogFile | undefined;
  /** Files that had the path before; the oldest first. */
  #retiring: LogFile[] = [];
  #saved: LogPosition | undefined;
  #hasBegun = false;
  #error: Error | undefined;

  /** @param saved where an earlier process stopped; without it, what is in the file already is passed over */
  constructor(path: string, lines: LogLines, saved?: LogPosition) {
    this.path = path;
    this.#lines = lines;
    this.#saved = saved;
  }

  /** Why nothing can be read, if so. */
  get error(): Error | undefined {
    return this.#error;
  }

  get unreadBytes(): number {
    return this.#files().reduce((bytes, file) => bytes + file.unreadBytes, 0);
  }

  position(): LogPosition | undefined {
    return this.#current?.position() ?? this.#retiring.at(-1)?.position() ?? this.#saved;
  }

  /** Looks whether the path leads to another file and reads on. @returns whether there is more to read at once */
  async turn(now: number): Promise<boolean> {
    this.#error = undefined;
    await this.#look(now).catch((error: unknown) => (this.#error = error as Error));
    try {
      return await this.#drain(now);
    } catch (error) {
      this.#error = error as Error;
      return false;
    } finally {
      await this.#letGo(now);
    }
  }

  async close(): Promise<void> {
    this.#saved = this.position();
    await Promise.all(this.#files().map((file) => file.close()));
    this.#current = undefined;
    this.#retiring = [];
  }

  #files(): LogFile[] {
    return this.#current === undefined ? this.#retiring : [...this.#retiring, this.#current];
  }

  async #look(now: number): Promise<void> {
    const inode = await inodeOf(this.path);
    if (inode !== undefined && inode === this.#current?.inode) return;
    const opened = inode === undefined ? undefined : await LogFile.open(this.path, now);
    if (!this.#hasBegun) await this.#begin(opened, now);
    if (this.#current !== undefined && this.#current !== opened) this.#retire(this.#current);
    this.#current = opened;
    if (opened === undefined && this.#retiring.length === 0) throw new Error(`${this.path} is not there`);
  }

  /** The first look: goes to where an earlier process stopped, or else behind what is there. */
  async #begin(opened: LogFile | undefined, now: number): Promise<void> {
    const saved = this.#saved;
    this.#hasBegun = true;
    this.#saved = undefined;
    if (saved === undefined) await opened?.seekToEnd();
    else if (opened === undefined || !(await opened.seekTo(saved))) await this.#reopenRenamed(saved, now);
  }

  /** Finds the file that an earlier process was reading under the name that it has now. */
  async #reopenRenamed(saved: LogPosition, now: number): Promise<void> {
    const directory = dirname(this.path);
    const names = (await readdir(directory).catch(() => [])).filter((name) =>
      name.startsWith(basename(this.path)),
    );
    for (const name of names.slice(0, MAX_NEIGHBOURS)) {
      const path = join(directory, name);
      if (path === this.path || (await inodeOf(path).catch(() => undefined)) !== saved.inode) continue;
      const file = await LogFile.open(path, now);
      if (await file.seekTo(saved)) this.#retire(file);
      else await file.close();
      return;
    }
  }

  #retire(file: LogFile): void {
    this.rotations.renamed++;
    this.#retiring.push(file);
  }

  /** Older files first: what the next one begins with may be the end of a line of theirs. */
  async #drain(now: number): Promise<boolean> {
    let chunks = 0;
    let before: LogFile | undefined;
    for (const file of this.#files()) {
      if (!(await file.isWhole())) this.#restart(file);
      const lines = this.#linesOf(file, before);
      while (await file.readChunk(lines, now)) if (++chunks >= MAX_CHUNKS_PER_TURN) return true;
      before = file;
    }
    return false;
  }

  #restart(file: LogFile): void {
    this.rotations.truncated++;
    file.restart();
  }

  #linesOf(file: LogFile, before: LogFile | undefined): Lines {
    if (!file.isAtFirstLine) return this.#lines;
    return {
      take: (line) => {
        if (file.isAtFirstLine) this.#takeFirst(line, file, before);
        else this.#lines.take(line);
      },
      skipLong: () => {
        file.isAtFirstLine = false;
        this.#lines.skipLong();
      },
    };
  }

  #takeFirst(line: string, file: LogFile, before: LogFile | undefined): void {
    file.isAtFirstLine = false;
    const { lostRest } = file;
    file.lostRest = undefined;
    const rest = lostRest ?? before?.splitter.rest;
    const joined = rest === undefined || this.#lines.fits(line) ? line : `${rest.toString()}${line}`;
    if (joined !== line && this.#lines.fits(joined)) {
      if (lostRest === undefined) before?.splitter.reset();
      this.#lines.take(joined);
      return;
    }
    if (lostRest !== undefined) this.#lines.skipCut();
    this.#lines.take(line);
  }

  async #letGo(now: number): Promise<void> {
    const isDone = (file: LogFile, index: number) =>
      index < this.#retiring.length - MAX_RETIRING ||
      (file.unreadBytes === 0 && now - file.readAtMs > RETIRE_AFTER_MS);
    const done = this.#retiring.filter(isDone);
    this.#retiring = this.#retiring.filter((file) => !done.includes(file));
    for (const file of done) {
      if (file.splitter.rest.length > 0) this.#lines.skipCut();
      await file.close().catch(() => undefined);
    }
  }
}
