import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Logger, messageOf } from '@evenkeel/toolkit';
import { z } from 'zod';
import type { LogPosition } from './log-file.ts';

/** Requests of a longer absence are not counted when it ends: they would look as if all had come at once. */
export const MAX_ABSENCE_MS = 300_000;

const positionSchema = z.object({
  path: z.string(),
  inode: z.string(),
  offset: z.int().min(0),
  fingerprint: z.object({ bytes: z.int().min(0).max(1024), hash: z.string() }),
});
const textSchema = z.object({
  version: z.literal(1),
  savedAtMs: z.number(),
  positions: z.record(z.string(), positionSchema),
});

export type NamedPositions = Record<string, LogPosition & { path: string }>;

/** Keeps where reading stopped over a restart. A file that is of no use is passed over, with one log line that says why. */
export class Positions {
  readonly #file: string;
  readonly #logger: Logger;
  #isFailing = false;

  constructor(directory: string, logger: Logger) {
    this.#file = join(directory, 'access-logs.json');
    this.#logger = logger;
  }

  async load(now: number): Promise<NamedPositions> {
    try {
      const { savedAtMs, positions } = textSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
      if (now - savedAtMs <= MAX_ABSENCE_MS) return positions;
      throw new Error('they are from longer than five minutes ago');
    } catch (error) {
      const reason = (error as { code?: string }).code === 'ENOENT' ? 'there are none yet' : messageOf(error);
      this.#logger.info(
        { file: this.#file, reason: reason.slice(0, 200) },
        'no positions in access logs: starting at their ends',
      );
      return {};
    }
  }

  /** Replaces the file as a whole. What cannot be written is logged once, and when it can be again. */
  async save(positions: NamedPositions, now: number): Promise<void> {
    try {
      await this.#replace(`${JSON.stringify({ version: 1, savedAtMs: now, positions })}\n`);
      if (this.#isFailing)
        this.#logger.info({ file: this.#file }, 'positions in access logs are saved again');
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing)
        this.#logger.warn(
          { file: this.#file, error: messageOf(error) },
          'positions in access logs cannot be saved',
        );
      this.#isFailing = true;
    }
  }

  async #replace(text: string): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    const temporary = `${this.#file}.${process.pid}.tmp`;
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, this.#file);
  }
}
