import { newDatabase, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ActionBench, exampleOf, occasionOf } from '../../../../test/action-bench.ts';
import { LossyProxy } from '../../../../test/lossy-proxy.ts';
import { reconciled } from '../../../../test/reconciled.ts';

const README = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const KEY_TABLE = /```sql\n([\s\S]*?)GRANT/.exec(README)![1]!;

let postgres: TestDatabase;
let client: pg.Client;
let bench: ActionBench;

beforeAll(async () => {
  postgres = await newDatabase();
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await postgres.stop();
});

beforeEach(async () => {
  await client.query(
    `DROP TABLE IF EXISTS policy, evenkeel_action_keys; ${KEY_TABLE};
     CREATE TABLE policy (site text, safety_factor numeric); INSERT INTO policy VALUES ('warehouse', 1.1)`,
  );
  bench = open((systems) => systems);
});

afterEach(() => bench.close());

function open(edit: (systems: string) => string, url = postgres.url): ActionBench {
  const { systems, action } = exampleOf('sql');
  const patient = systems.replace('timeout: 5s', 'timeout: 2s');
  return new ActionBench({ systems: edit(patient), action }, { 'secrets/stock-url': url });
}

async function factor(): Promise<number> {
  const { rows } = await client.query<{ f: string }>('SELECT max(safety_factor) AS f FROM policy');
  return Number(rows[0]!.f);
}

describe('the example of sql', () => {
  it('asks for what journals hold, with the labels that the configuration reads', () => {
    expect(bench.request).toEqual({
      ...{ kind: 'sql', system: 'stock', name: 'raise-safety-stock' },
      labels: ['job'],
    });
  });

  it('plans by reading only, changes once for an episode, and puts back what was before', async () => {
    const plan = await bench.planned('e-1');
    expect(plan).toMatchObject({ kind: 'sql', from: 1.1, to: 1.5 });
    expect([await factor(), await bench.action.verify(plan)]).toEqual([1.1, 'not_applied']);
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect([await factor(), await bench.action.verify(plan)]).toEqual([1.5, 'applied']);
    expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
    expect(await factor()).toBe(1.1);
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect(await factor()).toBe(1.1);
  });

  it('changes nothing when somebody else was faster, or has changed it since', async () => {
    const plan = await bench.planned('e-1');
    await client.query('UPDATE policy SET safety_factor = 1.2');
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'outdated' });
    const again = await bench.planned('e-1');
    await bench.action.apply(again, 'key-1-2');
    await client.query('UPDATE policy SET safety_factor = 1.7');
    expect(await bench.action.revert(again, 'key-2')).toEqual({ kind: 'outdated' });
    expect([await factor(), await bench.action.verify(again)]).toEqual([1.7, 'neither']);
  });

  it('undoes a statement that changes another number of rows, its key with it', async () => {
    await bench.close();
    bench = open((systems) => systems.replace('rows: { min: 1, max: 1 }', 'rows: { min: 2, max: 3 }'));
    const plan = await bench.planned('e-1');
    expect(await bench.action.apply(plan, 'key-1')).toMatchObject({
      kind: 'refused',
      because: expect.stringMatching(/would change 1 rows, not 2 to 3/),
    });
    expect([await factor(), await bench.action.verify(plan)]).toEqual([1.1, 'not_applied']);
  });

  it('takes a label for a value, whatever it holds', async () => {
    const occasion = occasionOf('e-1', "x'; DROP TABLE policy; --");
    expect(await bench.action.plan(bench.request, occasion)).toMatchObject({ kind: 'impossible' });
    expect(await factor()).toBe(1.1);
  });

  it('cannot say whether it was done while a transaction of it is still open', async () => {
    const plan = await bench.planned('e-1');
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('evenkeel apply e-1', 0))");
    expect(await bench.action.verify(plan)).toBe('unreachable');
    await client.query('ROLLBACK');
    expect(await bench.action.verify(plan)).toBe('not_applied');
  });

  it('waits for a lock no longer than its timeout, and then has done nothing', async () => {
    const plan = await bench.planned('e-1');
    await client.query('BEGIN');
    await client.query('LOCK TABLE policy');
    expect(await bench.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
    await client.query('ROLLBACK');
    expect([await bench.action.verify(plan), await factor()]).toEqual(['not_applied', 1.1]);
  });

  it('makes no plan without its key table', async () => {
    await client.query('DROP TABLE evenkeel_action_keys');
    const planned = await bench.action.plan(bench.request, occasionOf('e-1'));
    expect(planned).toMatchObject({
      because: expect.stringMatching(/evenkeel_action_keys.* does not exist/),
    });
  });
});

describe('when a half of its COMMIT gets lost', () => {
  let proxy: LossyProxy;

  beforeEach(async () => {
    await client.query(
      `DROP TABLE IF EXISTS changes; CREATE TABLE changes ();
       CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
         AS $$ BEGIN INSERT INTO changes DEFAULT VALUES; RETURN NULL; END $$;
       CREATE TRIGGER noted AFTER UPDATE ON policy FOR EACH ROW EXECUTE FUNCTION note()`,
    );
    proxy = await LossyProxy.to(Number(new URL(postgres.url).port));
    const through = new URL(postgres.url);
    through.port = String(proxy.port);
    await bench.close();
    bench = open((systems) => systems, through.href);
  });

  afterEach(() => proxy.close());

  async function changes(): Promise<number> {
    const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM changes');
    return Number(rows[0]!.n);
  }

  it('the answer: what was done is found, and not done again under its key', async () => {
    const plan = await bench.planned('e-1');
    proxy.lose('COMMIT', 'answer');
    expect(await bench.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
    expect(await reconciled(bench.action, plan, 'e-1')).toMatchObject({
      outcome: 'applied',
      reconciled: true,
    });
    expect(await bench.action.apply(plan, 'key-1')).toEqual({ kind: 'applied' });
    expect([await changes(), await factor()]).toEqual([1, 1.5]);
  });

  it('the request: nothing was done, which is found, and the next episode does it once', async () => {
    const plan = await bench.planned('e-1');
    proxy.lose('COMMIT', 'request');
    expect(await bench.action.apply(plan, 'key-1')).toMatchObject({ kind: 'unclear' });
    expect(await reconciled(bench.action, plan, 'e-1')).toMatchObject({
      outcome: 'failed',
      reconciled: true,
    });
    expect([await changes(), await factor()]).toEqual([0, 1.1]);
    expect(await bench.action.apply(await bench.planned('e-2'), 'key-2')).toEqual({ kind: 'applied' });
    expect([await changes(), await factor()]).toEqual([1, 1.5]);
  });

  it('the answer to a revert: it is asked for again under its key, and done once', async () => {
    const plan = await bench.planned('e-1');
    await bench.action.apply(plan, 'key-1');
    proxy.lose('COMMIT', 'answer');
    expect(await bench.action.revert(plan, 'key-2')).toMatchObject({ kind: 'unclear' });
    expect(await bench.action.revert(plan, 'key-2')).toEqual({ kind: 'applied' });
    expect([await changes(), await factor()]).toEqual([2, 1.1]);
  });
});
