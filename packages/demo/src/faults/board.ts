import { type Logger, messageOf } from '@evenkeel/toolkit';
import type { Database } from '../database/index.ts';
import { FAULT_DESCRIPTIONS, FAULT_NAMES, type FaultName } from './definitions.ts';

/** What makes a fault real, and what ends it; both may be called again without harm. */
export interface FaultMechanism {
  inject(): Promise<void>;
  clear(): Promise<void>;
}

export interface FaultView {
  name: FaultName;
  active: boolean;
  description: string;
}

export interface FaultBoardOptions {
  database: Database;
  logger: Logger;
  /** Faults without a mechanism here are played by those who read the board. */
  mechanisms: Readonly<Partial<Record<FaultName, FaultMechanism>>>;
}

/** Which faults are active, in the database and in fact. */
export class FaultBoard {
  readonly #options: FaultBoardOptions;
  readonly #active = new Map<FaultName, boolean>(FAULT_NAMES.map((name) => [name, false]));
  readonly #queues = new Map<FaultName, Promise<void>>();

  constructor(options: FaultBoardOptions) {
    this.#options = options;
  }

  isActive(name: FaultName): boolean {
    return this.#active.get(name)!;
  }

  list(): FaultView[] {
    return FAULT_NAMES.map((name) => this.view(name));
  }

  view(name: FaultName): FaultView {
    return { name, active: this.isActive(name), description: FAULT_DESCRIPTIONS[name] };
  }

  /** Adds faults that are not stored yet, and injects again what was active when the process ended. */
  async load(): Promise<void> {
    const { database, logger } = this.#options;
    await database.query(
      'insert into warehouse.faults (name) select unnest($1::text[]) on conflict do nothing',
      [FAULT_NAMES],
    );
    const stored = await database.query<{ name: FaultName }>(
      'select name from warehouse.faults where active',
    );
    for (const { name } of stored) {
      this.#active.set(name, true);
      await this.#enact(name, true).catch((error: unknown) =>
        logger.warn({ fault: name, reason: messageOf(error) }, 'a stored fault could not be injected again'),
      );
    }
  }

  /** Injects or clears a fault, one change of it after the other; when the mechanism fails, nothing has changed. */
  setActive(name: FaultName, active: boolean): Promise<void> {
    const change = (this.#queues.get(name) ?? Promise.resolve()).then(() => this.#change(name, active));
    this.#queues.set(
      name,
      change.catch(() => undefined),
    );
    return change;
  }

  async #change(name: FaultName, active: boolean): Promise<void> {
    if (this.isActive(name) === active) return;
    await this.#enact(name, active);
    await this.#options.database.query(
      'update warehouse.faults set active = $2, changed_at = clock_timestamp() where name = $1',
      [name, active],
    );
    this.#active.set(name, active);
    this.#options.logger.info({ fault: name, active }, active ? 'fault injected' : 'fault cleared');
  }

  async #enact(name: FaultName, active: boolean): Promise<void> {
    const mechanism = this.#options.mechanisms[name];
    await (active ? mechanism?.inject() : mechanism?.clear());
  }
}
