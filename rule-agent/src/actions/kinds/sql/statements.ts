import { messageOf } from '@evenkeel/toolkit';
import type { Occasion, Plan, PlanValue } from '../../../model/action-request.ts';
import { type Filling, fillValue } from '../../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../../action.ts';
import type { OpenSystem, PlanOf } from '../../kind.ts';
import type { SpelledOutRequest } from '../../resource.ts';
import { CommitUnclear, isDatabaseError, type Query, type Sql, type SqlDatabase } from './database.ts';
import { claimKey, type Direction, hasKey } from './key-table.ts';
import type { ConfiguredSql, ConfiguredStatement } from './sql-system.ts';

export interface SqlSystem {
  system: string;
  database: SqlDatabase;
  /** The table that remembers what was done. */
  keys: string;
  statements: Readonly<Record<string, ConfiguredStatement>>;
}

type Found = SqlSystem & { name: string; statement: ConfiguredStatement };
type SqlPlan = PlanOf<SpelledOutRequest>;

const READ_ONLY = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY';
const CHANGING = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ';
/** Each statement sees what was committed before it: the key table is to be read after its lock. */
const LOOKING = 'BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY';

/** The four steps of an action for the statements of one system. */
export function runningStatements(system: SqlSystem): Omit<OpenSystem<SpelledOutRequest>, 'close'> {
  return {
    plan: (request, occasion) => plan(system, request, occasion),
    async apply(given, key): Promise<ApplyResult> {
      const found = find(system, given);
      if (found === undefined) return { kind: 'refused', because: notThere(given) };
      return change(found, found.statement, { given, key, direction: 'apply', standsAt: given.from });
    },
    verify: (given) => inspect(system, given),
    async revert(given, key): Promise<ApplyResult> {
      const found = find(system, given);
      if (found === undefined) return { kind: 'refused', because: notThere(given) };
      const { revert } = found.statement;
      if (revert === undefined) return { kind: 'refused', because: hasNoRevert(given) };
      return change(found, revert, { given, key, direction: 'revert', standsAt: given.to });
    },
    irreversible(given) {
      const found = find(system, given);
      if (found === undefined) return notThere(given);
      return found.statement.revert === undefined ? hasNoRevert(given) : undefined;
    },
  };
}

function hasNoRevert({ name }: { name: string }): string {
  return `${name} has no revert in the config`;
}

async function plan(
  sqlSystem: SqlSystem,
  request: SpelledOutRequest,
  occasion: Occasion,
): Promise<PlanResult> {
  const found = find(sqlSystem, request);
  if (found === undefined) return { kind: 'impossible', because: notThere(request) };
  const { kind, system, name } = request;
  const { verify } = found.statement;
  try {
    const from = await found.database.inTransaction(READ_ONLY, async (query) => {
      // That the key table is there and can be read belongs to a plan that can be carried out.
      await hasKey(query, found.keys, { ...occasion, direction: 'apply' });
      return { commit: false, result: await readValue(query, found, occasion) };
    });
    const to = verify?.equals ?? null;
    const planned: Plan = { kind, system, name, from, to, version: '', request, occasion };
    if (to === null || from !== to) return { kind: 'change', plan: planned };
    return { kind: 'nothing_to_do', because: `${name} is at ${to} already`, plan: planned };
  } catch (error) {
    return { kind: 'impossible', because: `${system}: ${messageOf(error)}` };
  }
}

interface Changing {
  given: SqlPlan;
  key: string;
  direction: Direction;
  /** Where the value has to stand; null where nobody can say. */
  standsAt: PlanValue;
}

async function change(
  found: Found,
  { run, params, rows }: ConfiguredSql,
  { given, key, direction, standsAt }: Changing,
): Promise<ApplyResult> {
  const { occasion, name } = given;
  const filling = direction === 'revert' ? { ...occasion, from: given.from } : occasion;
  const work = async (query: Query): Promise<{ commit: boolean; result: ApplyResult }> => {
    const claimed = await claimKey(query, found.keys, { ...occasion, direction, key, statement: name });
    if (!claimed) return { commit: false, result: { kind: 'applied' } };
    const value = await readValue(query, found, occasion);
    if (direction === 'revert' && found.statement.verify !== undefined && value === given.from) {
      return { commit: true, result: { kind: 'applied' } };
    }
    if (standsAt !== null && value !== standsAt) return { commit: false, result: { kind: 'outdated' } };
    const { rowCount } = await query(fillSql(run, params, filling));
    if (rowCount >= rows.min && rowCount <= rows.max) return { commit: true, result: { kind: 'applied' } };
    const because = `${name} would change ${rowCount} rows, not ${rows.min} to ${rows.max}; nothing was changed`;
    return { commit: false, result: { kind: 'refused', because } };
  };
  try {
    return await found.database.inTransaction(CHANGING, work);
  } catch (error) {
    return failureOf(error, found.system);
  }
}

const SERIALIZATION_FAILURE = '40001';
/** Connection, resources, object state, operator intervention: PostgreSQL's classes of what may be better next time. */
const PASSING = /^(08|53|55|57)/;

/** A statement that PostgreSQL refused was undone; where nobody answered, the key table is to be asked. */
function failureOf(error: unknown, system: string): ApplyResult {
  const because = `${system}: ${messageOf(error)}`;
  if (error instanceof Misfit) return { kind: 'refused', because };
  if (error instanceof CommitUnclear || !isDatabaseError(error)) return { kind: 'unclear', because };
  const { code = '' } = error;
  if (code === SERIALIZATION_FAILURE) return { kind: 'outdated' };
  return { kind: PASSING.test(code) ? 'unclear' : 'refused', because };
}

/** A `verify` that does not read one value. */
class Misfit extends Error {}

async function inspect(sqlSystem: SqlSystem, given: SqlPlan): Promise<Inspection> {
  const found = find(sqlSystem, given);
  if (found === undefined) return 'unreachable';
  const { occasion } = given;
  try {
    return await found.database.inTransaction(LOOKING, async (query) => {
      const done = await hasKey(query, found.keys, { ...occasion, direction: 'apply' });
      if (done === 'being_written') return { commit: false, result: 'unreachable' };
      if (done === 'absent') return { commit: false, result: 'not_applied' };
      const value = given.to === null ? null : await readValue(query, found, occasion);
      return { commit: false, result: value === given.to ? 'applied' : 'neither' };
    });
  } catch {
    return 'unreachable';
  }
}

/** The one value that the statement's `verify` reads; null where there is none. */
async function readValue(
  query: Query,
  { statement: { verify }, name }: Found,
  filling: Filling,
): Promise<PlanValue> {
  if (verify === undefined) return null;
  const { rows } = await query(fillSql(verify.query, verify.params, filling));
  const value = rows[0]?.[0];
  if (rows.length !== 1 || rows[0]?.length !== 1 || !isPlanValue(value)) {
    throw new Misfit(`the verify of ${name} gave ${rows.length} rows, not one with one value`);
  }
  return value;
}

function isPlanValue(value: unknown): value is PlanValue {
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

function fillSql(text: string, params: readonly (string | number | boolean)[], filling: Filling): Sql {
  return {
    text,
    values: params.map((value) => (typeof value === 'string' ? fillValue(value, filling) : value)),
  };
}

function find(system: SqlSystem, { name }: Pick<Plan, 'name'>): Found | undefined {
  if (!Object.hasOwn(system.statements, name)) return undefined;
  return { ...system, name, statement: system.statements[name]! };
}

function notThere({ system, name }: Pick<Plan, 'system' | 'name'>): string {
  return `${system} has no statement ${name} in the config`;
}
