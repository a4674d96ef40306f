import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KPIS } from '../model/kpis.ts';
import { loadProfile, loadProfileFile, PROFILE_NAMES, type ProfileName } from './load.ts';

function figuresOf(name: ProfileName): string[] {
  const { queries, events } = loadProfile(name, 'postgres');
  return [...queries, ...events].flatMap(({ values, histograms }) => [
    ...values.map(({ kpi }) => kpi.name),
    ...histograms.map(({ kpi }) => kpi.name),
  ]);
}

describe.each(PROFILE_NAMES)('the profile %s', (name) => {
  it.each(['postgres', 'mysql'] as const)('loads, with the SQL of every query for %s', (dialect) => {
    const { queries, events } = loadProfile(name, dialect);
    expect([...queries, ...events].every(({ sql }) => sql.includes('select'))).toBe(true);
  });

  it('gives no figure twice', () => {
    expect(figuresOf(name)).toEqual([...new Set(figuresOf(name))]);
  });

  it('gives every figure or says why not', () => {
    const absent = loadProfile(name, 'postgres').absent.map(({ kpi }) => kpi.name);
    expect([...figuresOf(name), ...absent].sort()).toEqual(KPIS.map((kpi) => kpi.name).sort());
  });
});

describe('loadProfileFile', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'evenkeel-profile-'));
    writeFileSync(join(directory, 'stock.sql'), 'select 1');
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  function errorOf(queries: string): string {
    const file = join(directory, 'profile.yml');
    writeFileSync(file, `name: test\ndescription: A test.\nqueries:\n  stock:\n${queries}`);
    try {
      loadProfileFile(file, 'postgres');
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  }

  it('shows all mistakes with their place and a hint', () => {
    const text = errorOf(
      [
        '    file: none.sql',
        '    values:',
        '      a: inventory_skuss',
        '      b: inventory_value',
        '      c: inventory_order_cycle_seconds',
        '    histograms:',
        '      inventory_skus: { le: le, count: n, sum: s }',
      ].join('\n'),
    );
    expect(text).toMatch(/profile\.yml:5:11: error: cannot read none\.sql/);
    expect(text).toMatch(/profile\.yml:7:10: error: there is no figure called inventory_skuss/);
    expect(text).toContain('did you mean inventory_skus?');
    expect(text).toContain('inventory_value has the labels site, currency; the query gives site');
    expect(text).toContain('inventory_order_cycle_seconds is a histogram');
    expect(text).toMatch(/profile\.yml:11:7: error: inventory_skus is a gauge/);
  });

  it('refuses an absent figure that does not exist, or that a query gives', () => {
    const text = errorOf(
      [
        '    file: stock.sql',
        '    values: { a: inventory_skus }',
        'absent:',
        '  inventory_skus: It counts none.',
        '  inventory_valu: It has no cost.',
      ].join('\n'),
    );
    expect(text).toMatch(
      /profile\.yml:8:3: error: inventory_skus is said to be absent, and a query gives it/,
    );
    expect(text).toMatch(/profile\.yml:9:3: error: there is no figure called inventory_valu /);
  });

  it('reads the file of the database it is for, where the name has {dialect}', () => {
    writeFileSync(join(directory, 'stock.postgres.sql'), 'select 2');
    const file = join(directory, 'profile.yml');
    writeFileSync(
      file,
      'name: test\ndescription: A test.\nqueries:\n  stock: { file: "stock.{dialect}.sql", values: { a: inventory_skus } }\n',
    );
    expect(loadProfileFile(file, 'postgres').queries[0]!.sql).toBe('select 2');
    expect(() => loadProfileFile(file, 'mysql')).toThrow(
      /profile\.yml:4:18: error: cannot read stock\.mysql\.sql/,
    );
  });

  it('takes a column as text or with its treatment of NULL', () => {
    const text = errorOf(
      '    file: stock.sql\n    values: { a: { kpi: inventory_skus, when_null: absent } }\n',
    );
    expect(text).toBe('no error');
  });
});
