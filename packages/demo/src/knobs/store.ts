import { codeOf, type Database } from '../database/index.ts';
import { hashRequest } from '../warehouse/index.ts';
import type { KnobBoard } from './board.ts';
import { explainValue, type KnobDefinition } from './definitions.ts';

export interface KnobView {
  name: string;
  value: number;
  unit: string;
  min: number;
  max: number;
  default: number;
  version: number;
  description: string;
}

export interface KnobRequest {
  name: string;
  value: number;
  /** The version the caller has seen. */
  expectedVersion: number;
  changedBy: string;
  idempotencyKey: string | undefined;
  /** Of a caller that may have been replaced by another one: grows with each of them. */
  fencingToken: number | undefined;
}

export type KnobAnswer =
  | { kind: 'changed'; knob: KnobView }
  | { kind: 'unknown' }
  | { kind: 'out_of_bounds'; reason: string }
  | { kind: 'version_mismatch'; knob: KnobView }
  | { kind: 'key_reused' }
  | { kind: 'fenced'; highestToken: number };

interface Stored {
  name: string;
  value: string;
  version: number;
}

const UNIQUE_VIOLATION = '23505';

/** The knobs in the database: versions, who changed what, and which requests were answered before. */
export class KnobStore {
  readonly #database: Database;
  readonly #board: KnobBoard;

  constructor(database: Database, board: KnobBoard) {
    this.#database = database;
    this.#board = board;
  }

  /** Adds knobs that are not stored yet, and puts the stored values in force. */
  async load(): Promise<void> {
    await this.#database.query(
      `insert into warehouse.knobs (name, value) select * from unnest($1::text[], $2::numeric[]) on conflict do nothing`,
      [this.#board.definitions.map(({ name }) => name), this.#board.definitions.map((knob) => knob.default)],
    );
    for (const knob of await this.list()) this.#apply(knob);
  }

  async list(): Promise<KnobView[]> {
    const rows = await this.#database.query<Stored>('select name, value, version from warehouse.knobs');
    return this.#board.definitions.flatMap((definition) =>
      rows.filter(({ name }) => name === definition.name).map((row) => view(definition, row)),
    );
  }

  async get(name: string): Promise<KnobView | undefined> {
    return (await this.list()).find((knob) => knob.name === name);
  }

  /** Changes a knob if its version is the expected one. The same key and value again is answered as the first time. */
  async change(request: KnobRequest): Promise<KnobAnswer> {
    const definition = this.#board.definitions.find(({ name }) => name === request.name);
    if (definition === undefined) return { kind: 'unknown' };
    const reason = explainValue(definition, request.value);
    if (reason !== undefined) return { kind: 'out_of_bounds', reason };
    const before = await this.#answerAgain(definition, request);
    if (before !== undefined) return before;
    const fenced = await this.#fence(request.fencingToken);
    if (fenced !== undefined) return fenced;
    try {
      return await this.#compareAndSet(definition, request);
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
      return (await this.#answerAgain(definition, request))!;
    }
  }

  /** Remembers the token, unless a higher one was seen. */
  async #fence(token: number | undefined): Promise<KnobAnswer | undefined> {
    if (token === undefined) return undefined;
    const [row] = await this.#database.query<{ token: number }>(
      'update warehouse.fence set token = greatest(token, $1) returning token',
      [token],
    );
    const highestToken = row!.token;
    return highestToken > token ? { kind: 'fenced', highestToken } : undefined;
  }

  async #compareAndSet(definition: KnobDefinition, request: KnobRequest): Promise<KnobAnswer> {
    // The fence is locked until the change is there: nobody with a higher token comes in between.
    const [row] = await this.#database.query<Stored>(
      `with fence as (select from warehouse.fence where $7::bigint is null or token <= $7 for share),
       before as (
         select name, value from warehouse.knobs
         where name = $1 and version = $3 and exists (select from fence) for update),
       changed as (
         update warehouse.knobs set value = $2, version = version + 1, updated_at = clock_timestamp()
         from before where knobs.name = before.name and knobs.version = $3
         returning knobs.name, knobs.value, knobs.version),
       audited as (
         insert into warehouse.knob_changes (name, old_value, new_value, version, changed_by, idempotency_key, request_hash)
         select changed.name, before.value, changed.value, changed.version, $4, $5, $6 from changed join before using (name))
       select name, value, version from changed`,
      [
        request.name,
        request.value,
        request.expectedVersion,
        request.changedBy,
        request.idempotencyKey,
        hashOf(request),
        request.fencingToken,
      ],
    );
    if (row === undefined) {
      return (
        (await this.#answerAgain(definition, request)) ??
        (await this.#fence(request.fencingToken)) ??
        this.#mismatch(request.name)
      );
    }
    const knob = view(definition, row);
    this.#apply(knob);
    return { kind: 'changed', knob };
  }

  async #mismatch(name: string): Promise<KnobAnswer> {
    return { kind: 'version_mismatch', knob: (await this.get(name))! };
  }

  async #answerAgain(definition: KnobDefinition, request: KnobRequest): Promise<KnobAnswer | undefined> {
    if (request.idempotencyKey === undefined) return undefined;
    const [row] = await this.#database.query<Stored & { request_hash: string }>(
      `select name, new_value as value, version, request_hash from warehouse.knob_changes where idempotency_key = $1`,
      [request.idempotencyKey],
    );
    if (row === undefined) return undefined;
    if (row.request_hash !== hashOf(request)) return { kind: 'key_reused' };
    return { kind: 'changed', knob: view(definition, row) };
  }

  #apply({ name, value, version }: KnobView): void {
    this.#board.apply(name as KnobDefinition['name'], { value, version });
  }
}

function hashOf({ name, value }: KnobRequest): string {
  return hashRequest({ name, value });
}

function view(definition: KnobDefinition, { value, version }: Pick<Stored, 'value' | 'version'>): KnobView {
  const { name, unit, min, max, description } = definition;
  return { name, value: Number(value), unit, min, max, default: definition.default, version, description };
}
