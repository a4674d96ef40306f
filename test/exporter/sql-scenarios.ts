import { ledgerFromJson, ledgerToJson } from '@evenkeel/inventory';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventCounter } from '../../exporter/src/sources/inventory-events.ts';
import {
  createShop,
  followAndCompare,
  insertSql,
  type Order,
  SHOP_QUERY,
  type Shop,
  SMALL,
  updateSql,
} from './sql-shop.ts';

const SITES = ['leeds', 'york'];

/** What has to hold of counting by what changed, on any database. */
export function countingScenarios(shopOf: () => Shop): void {
  const newCounter = () => new EventCounter(SHOP_QUERY, SMALL);

  async function shopWith(count: number): Promise<Shop> {
    const shop = shopOf();
    await createShop(shop);
    for (let id = 1; id <= count; id += 1) await shop.write(insertSql(shop, orderOf(id)));
    return shop;
  }

  const unitsOf = (compared: { followed: readonly { amounts: readonly bigint[] }[] }) =>
    Number(compared.followed.reduce((sum, { amounts }) => sum + amounts[0]!, 0n)) / 1e9;

  it('gives the totals of a full count after any inserts, changes, cycles and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 5, maxLength: 40 }), async (steps) => {
        const shop = await shopWith(3);
        let counter = newCounter();
        let id = 3;
        for (const step of steps) {
          if (step.kind === 'insert') await shop.write(insertSql(shop, { ...step, id: (id += 1) }));
          if (step.kind === 'change') await shop.write(updateSql(shop, { ...step, id: 1 + (step.id % id) }));
          if (step.kind === 'restart') counter = restarted(counter);
          if (step.kind === 'cycle') expectSame(await followAndCompare(counter, shop));
        }
        const last = await followAndCompare(counter, shop);
        expectSame(last);
        expect(last.recounted).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('replaces what an order gave before, however old it is', async () => {
    const shop = await shopWith(30);
    const counter = newCounter();
    const before = await followAndCompare(counter, shop);
    await shop.write(updateSql(shop, { id: 2, site: 'hull', units: 100 }));
    const after = await followAndCompare(counter, shop);
    expectSame(after);
    expect(unitsOf(after) - unitsOf(before)).toBe(100 - orderOf(2).units);
    expect(after.followed.map(({ labels }) => labels[0])).toContain('hull');
  });

  it('reads only what changed, and no bucket, when nothing old changed', async () => {
    const shop = await shopWith(30);
    const counter = newCounter();
    await followAndCompare(counter, shop);
    await new Promise((resolve) => setTimeout(resolve, 2 * SHOP_QUERY.overlap));
    await shop.write(insertSql(shop, { id: 35, site: 'york', units: 1 }));
    // Twice: a reading goes back to the mark of the one before.
    await followAndCompare(counter, shop);
    await followAndCompare(counter, shop);
    await shop.write(insertSql(shop, { id: 44, site: 'york', units: 1 }));
    const asked: { sql: string; rows: number }[] = [];
    await shop.database.snapshot((run) =>
      counter.follow(async (sql) => {
        const rows = await run(sql);
        asked.push({ sql, rows: rows.length });
        return rows;
      }, shop.database),
    );
    expect(asked.filter(({ sql }) => sql.includes('sum('))).toEqual([]);
    expect(Math.max(...asked.map(({ rows }) => rows))).toBeLessThanOrEqual(2);
  });

  it('counts from scratch when the database was restored to an earlier state', async () => {
    const shop = await shopWith(20);
    const counter = newCounter();
    await followAndCompare(counter, shop);
    await shop.write('delete from shop_orders where id > 10');
    const restored = await followAndCompare(counter, shop);
    expectSame(restored);
    expect(restored.recounted).toContain('restored');
  });

  it('counts from scratch when all rows are gone, and again when there are some', async () => {
    const shop = await shopWith(20);
    const counter = newCounter();
    await followAndCompare(counter, shop);
    await shop.write('delete from shop_orders');
    expect((await followAndCompare(counter, shop)).followed).toEqual([]);
    await shop.write(insertSql(shop, { id: 1, site: 'york', units: 7 }));
    expect(unitsOf(await followAndCompare(counter, shop))).toBe(7);
  });

  it('takes rows stamped in the future for what they are, and what comes after them too', async () => {
    const shop = await shopWith(5);
    const counter = newCounter();
    await shop.write(
      insertSql({ ...shop, now: "timestamp '2031-01-01 00:00:00'" }, { id: 6, site: 'york', units: 1 }),
    );
    expectSame(await followAndCompare(counter, shop));
    await shop.write(insertSql(shop, { id: 7, site: 'york', units: 1 }));
    expectSame(await followAndCompare(counter, shop));
  });
}

function orderOf(id: number): Order {
  return { id, site: SITES[id % 2]!, units: id / 4 };
}

const orderArbitrary = {
  site: fc.constantFrom(...SITES),
  units: fc.integer({ min: 0, max: 4_000 }).map((quarters) => quarters / 4),
  id: fc.nat(200),
};
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), ...orderArbitrary }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('change' as const), ...orderArbitrary }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cycle' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

function restarted(counter: EventCounter): EventCounter {
  const { state } = counter;
  if (state === undefined) return new EventCounter(SHOP_QUERY, SMALL);
  const ledger = ledgerFromJson(JSON.parse(ledgerToJson(state.ledger)));
  return new EventCounter(SHOP_QUERY, SMALL, { kinds: state.kinds, ledger });
}

export function expectSame({ followed, full }: { followed: unknown; full: unknown }): void {
  expect(followed).toEqual(full);
}
