import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type EventQuery, LEDGER_VERSION, ledgerFromJson, ledgerToJson } from '@evenkeel/inventory';
import { type Logger, messageOf } from '@evenkeel/toolkit';
import type { SavedCount } from './inventory-events.ts';

export interface StateFileOptions {
  /** Directory of the state files. */
  directory: string;
  database: string;
  /** What must be the same for the state to be of use: which database it is, without its password. */
  identity: string;
  logger: Logger;
}

interface StateText {
  version: number;
  identity: string;
  events: Record<string, { query: string; kinds: SavedCount['kinds']; ledger: unknown }>;
}

/** Keeps what was counted over a restart. A file that is of no use is passed over, with one log line that says why. */
export class StateFile {
  readonly #file: string;
  readonly #options: StateFileOptions;

  constructor(options: StateFileOptions) {
    this.#options = options;
    this.#file = join(options.directory, `${encodeURIComponent(options.database)}.json`);
  }

  async load(queries: readonly EventQuery[]): Promise<Map<string, SavedCount>> {
    const { database, logger } = this.#options;
    try {
      const text = await readFile(this.#file, 'utf8');
      return this.#parse(JSON.parse(text) as StateText, queries);
    } catch (error) {
      const reason = (error as { code?: string }).code === 'ENOENT' ? 'there is none yet' : messageOf(error);
      logger.info(
        { database, file: this.#file, reason: reason.slice(0, 200) },
        'no saved counts: counting from scratch',
      );
      return new Map();
    }
  }

  /** Replaces the file as a whole: after a crash it is the old one or the new one. */
  async save(counts: readonly { query: EventQuery; saved: SavedCount }[]): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    const temporary = `${this.#file}.${process.pid}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.write(
        `{"version":${LEDGER_VERSION},"identity":${JSON.stringify(this.#options.identity)},"events":{`,
      );
      for (const [index, { query, saved }] of counts.entries()) {
        // One at a time, so that other work can go on in between.
        const head = `${index === 0 ? '' : ','}${JSON.stringify(query.name)}:{"query":"${fingerprint(query)}"`;
        await file.write(
          `${head},"kinds":${JSON.stringify(saved.kinds)},"ledger":${ledgerToJson(saved.ledger)}}`,
        );
      }
      await file.write('}}\n');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#file);
  }

  #parse(text: StateText, queries: readonly EventQuery[]): Map<string, SavedCount> {
    const { identity, database, logger } = this.#options;
    if (text.version !== LEDGER_VERSION)
      throw new Error(`it has version ${text.version}, not ${LEDGER_VERSION}`);
    if (text.identity !== identity) throw new Error('it is of another database');
    const counts = new Map<string, SavedCount>();
    for (const query of queries) {
      const saved = text.events[query.name];
      if (saved?.query === fingerprint(query))
        counts.set(query.name, { kinds: saved.kinds, ledger: ledgerFromJson(saved.ledger) });
      else if (saved !== undefined)
        logger.info({ database, events: query.name }, 'the query has changed: counting it from scratch');
    }
    return counts;
  }
}

function fingerprint(query: EventQuery): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 32);
}
