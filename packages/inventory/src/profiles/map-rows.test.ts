import { describe, expect, it } from '@jest/globals';
import { findKpi, type HistogramKpi, type ScalarKpi } from '../model/kpis.ts';
import type { HistogramReading } from '../model/reading.ts';
import { mapRows } from './map-rows.ts';
import type { ProfileQuery } from './profile.ts';

const limits = { minIntervalMs: undefined, timeoutMs: undefined, maxSeries: 100 };
const stock: ProfileQuery = {
  name: 'stock',
  sql: '',
  labels: ['site'],
  values: [
    { column: 'skus', kpi: findKpi('inventory_skus') as ScalarKpi, whenNull: 'error' },
    { column: 'cover', kpi: findKpi('inventory_cover_seconds') as ScalarKpi, whenNull: 'absent' },
    { column: 'placed', kpi: findKpi('inventory_orders_placed_total') as ScalarKpi, whenNull: 'error' },
  ],
  histograms: [],
  ...limits,
};
const row = { site: 'london', skus: '5', cover: 2.5, placed: 3n };

describe('mapRows', () => {
  it('maps each column to its figure', () => {
    const { readings, errors } = mapRows(stock, [row, { ...row, site: 'leeds' }]);
    expect(errors).toEqual([]);
    expect(readings.map(({ kpi }) => kpi.name)).toEqual([
      'inventory_skus',
      'inventory_cover_seconds',
      'inventory_orders_placed_total',
    ]);
    expect(readings[0]!.samples).toEqual([
      { labels: { site: 'london' }, value: 5 },
      { labels: { site: 'leeds' }, value: 5 },
    ]);
  });

  it('has no series for a query without rows', () => {
    const { readings, errors } = mapRows(stock, []);
    expect([readings.flatMap(({ samples }) => [...samples]), errors]).toEqual([[], []]);
  });

  it('leaves out one figure that cannot be read, and gives the others', () => {
    const { readings, errors } = mapRows(stock, [row, { ...row, site: 'leeds', skus: null }]);
    expect(errors.map(({ message }) => message)).toEqual([
      'query stock, row 2, column skus: NULL where a number is needed',
    ]);
    expect(readings.map(({ kpi }) => kpi.name)).not.toContain('inventory_skus');
    expect(readings).toHaveLength(2);
  });

  it('leaves out the sample where NULL stands for unknown', () => {
    const { readings, errors } = mapRows(stock, [row, { ...row, site: 'leeds', cover: null }]);
    expect(errors).toEqual([]);
    expect(readings[1]!.samples).toEqual([{ labels: { site: 'london' }, value: 2.5 }]);
  });

  it('refuses the same labels twice, which would be one series with two values', () => {
    const { readings, errors } = mapRows(stock, [row, row]);
    expect(readings).toEqual([]);
    expect(errors[0]!.message).toContain('row 2, column skus: these labels came in an earlier row');
  });

  it('refuses a counter below zero', () => {
    const { errors } = mapRows(stock, [{ ...row, placed: '-1' }]);
    expect(errors.map(({ message }) => message)).toEqual([
      'query stock, row 1, column placed: -1 for a counter',
    ]);
  });

  it('gives nothing when a label cannot be read', () => {
    const { readings, errors } = mapRows(stock, [{ ...row, site: null }]);
    expect(readings).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual([
      'query stock, row 1, column site: NULL where a label is needed',
    ]);
  });
});

describe('mapRows of a histogram', () => {
  const name = 'inventory_order_cycle_seconds';
  const kpi = findKpi(name) as HistogramKpi;
  const cycles: ProfileQuery = {
    name: 'cycles',
    sql: '',
    labels: ['site'],
    values: [],
    histograms: [{ kpi, columns: { le: 'le', count: 'n', sum: 'seconds' } }],
    ...limits,
  };

  it('adds buckets up to cumulative counts', () => {
    const { readings, errors } = mapRows(cycles, [
      { site: 'london', le: '14400', n: '2', seconds: '20000' },
      { site: 'london', le: 3600, n: 5n, seconds: 9000 },
      { site: 'london', le: null, n: 1, seconds: 3e6 },
      { site: 'leeds', le: null, n: 0, seconds: 0 },
    ]);
    expect(errors).toEqual([]);
    const [london, leeds] = (readings[0] as HistogramReading).samples;
    expect(london!.cumulativeCounts.slice(0, 4)).toEqual([5, 5, 7, 7]);
    expect([london!.cumulativeCounts.at(-1), london!.count, london!.sum]).toEqual([7, 8, 3_029_000]);
    expect(leeds).toEqual({
      labels: { site: 'leeds' },
      cumulativeCounts: kpi.boundsSeconds.map(() => 0),
      count: 0,
      sum: 0,
    });
  });

  it('refuses a bucket that the figure does not have', () => {
    const { errors } = mapRows(cycles, [{ site: 'london', le: 3601, n: 1, seconds: 1 }]);
    expect(errors[0]!.message).toContain(`query cycles, row 1, column le: 3601 is no bound of ${name}`);
  });
});
