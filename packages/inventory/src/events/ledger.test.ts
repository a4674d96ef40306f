import { describe, expect, it } from '@jest/globals';
import { findKpi, type ScalarKpi } from '../model/kpis.ts';
import type { EventQuery } from '../profiles/profile.ts';
import { amount, type EventRow, toNumber } from './event-row.ts';
import { Ledger, LedgerStale, type ReadMark } from './ledger.ts';
import { ledgerFromJson, ledgerToJson } from './ledger-json.ts';

const query: EventQuery = {
  name: 'orders',
  sql: 'select 1',
  key: ['id'],
  changed: 'changed',
  period: 'period',
  overlap: 1_000,
  labels: ['site'],
  values: [{ column: 'units', kpi: findKpi('inventory_demand_units_total') as ScalarKpi, whenNull: 'error' }],
  histograms: [],
  startAtZero: undefined,
};

const row = (id: number, changed: number, units = 1): EventRow => ({
  key: String(id),
  changed,
  period: id,
  labels: ['york'],
  amounts: [BigInt(units) * 1_000_000_000n],
  observations: [],
});

const at = (clock: number, oldest?: bigint, next?: bigint): ReadMark => ({ clock, oldest, next });

function ledgerOf(hot: EventRow[], mark: ReadMark): Ledger {
  const first = { hot, mark, hotFrom: 0, buckets: [], nothingOpen: true };
  const lastChanged = Math.max(...hot.map(({ changed }) => changed));
  return Ledger.counted(query, { ...first, lastChanged }, { hotRows: 4 });
}

const unitsOf = (ledger: Ledger) => toNumber(ledger.totals[0]!.amounts[0]!);

describe('a ledger', () => {
  it('reads from the watermark less the overlap, and never from after the database’s clock', () => {
    expect(ledgerOf([row(1, 5_000)], at(9_000)).since).toBe(4_000);
    expect(ledgerOf([row(1, 50_000)], at(9_000)).since).toBe(8_000);
  });

  it('reads from before a transaction that stays open, and moves on when it has ended', () => {
    const ledger = ledgerOf([row(1, 5_000)], at(5_000, 10n, 10n));
    const read = (changed: number, oldest: bigint, next: bigint) =>
      ledger.commit(ledger.plan([row(1, 5_000), row(changed, changed)], at(changed, oldest, next)), []);
    read(6_000, 10n, 12n);
    expect(ledger.since).toBe(4_000);
    ledger.commit(
      ledger.plan([row(1, 5_000), row(6_000, 6_000), row(60_000, 60_000)], at(60_000, 10n, 90n)),
      [],
    );
    expect(ledger.since).toBe(4_000);
    ledger.commit(
      ledger.plan([row(1, 5_000), row(6_000, 6_000), row(60_000, 60_000)], at(61_000, 90n, 91n)),
      [],
    );
    expect(ledger.since).toBe(59_000);
  });

  it('wants all counted again when the clock went back by more than half the overlap', () => {
    const ledger = ledgerOf([row(1, 5_000)], at(9_000));
    expect(() => ledger.plan([row(1, 5_000)], at(8_600))).not.toThrow();
    expect(() => ledger.plan([row(1, 5_000)], at(8_400))).toThrow(LedgerStale);
  });

  it('leaves a late plan aside, so that no row is counted twice', () => {
    const ledger = ledgerOf([row(1, 5_000)], at(9_000));
    const rows = [row(1, 5_000), row(2, 5_500, 7)];
    const [one, other] = [ledger.plan(rows, at(9_000)), ledger.plan(rows, at(9_000))];
    ledger.commit(one, []);
    ledger.commit(other, []);
    expect(unitsOf(ledger)).toBe(8);
  });

  it('is the same after it was written as JSON and read', () => {
    const ledger = ledgerOf(
      [1, 2, 3, 4, 5, 6].map((id) => row(id, id, id)),
      at(9_000, 1n, 2n),
    );
    ledger.commit(
      ledger.plan(
        [5, 6].map((id) => row(id, id, id)).concat([1, 2, 3, 4].map((id) => row(id, id, id))),
        at(9_001, 2n, 2n),
      ),
      [],
    );
    const read = new Ledger(query, ledgerFromJson(JSON.parse(ledgerToJson(ledger.state))), { hotRows: 4 });
    expect(read.totals).toEqual(ledger.totals);
    expect(read.state).toEqual(ledger.state);
    expect(read.state.buckets).toHaveLength(1);
  });
});

describe('amounts', () => {
  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['0.123456789', 0.123456789],
    ['3.100000000000', 3.1],
  ])('reads %s', (text, value) => {
    expect(toNumber(amount(query, 'units', text))).toBe(value);
  });

  it.each(['NaN', 'Infinity', 'six', ''])('refuses "%s"', (text) => {
    expect(() => amount(query, 'units', text)).toThrow('events orders, column units');
  });
});
