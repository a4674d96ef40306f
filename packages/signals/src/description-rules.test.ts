import { describe, expect, it } from '@jest/globals';
import { descriptionRules } from './description-rules.ts';
import type { Signal } from './signal.ts';

const fillRate: Signal = {
  name: 'fill_rate',
  title: 'Fill rate',
  description: 'Share of order lines filled at once.',
  domain: 'inventory',
  unit: 'ratio',
  direction: 'higher',
  by: ['site'],
  promql: 'filled / requested',
  warn: 0.9,
  score: { good: 0.98, poor: 0.8, weight: 3 },
};
const identity = { signal: 'fill_rate', domain: 'inventory', unit: 'ratio', direction: 'higher' };

describe('descriptionRules', () => {
  it('says title, thresholds and anchors, each with what the signal is', () => {
    expect(descriptionRules([fillRate])).toEqual([
      { record: 'evenkeel:signal:info', expr: 'vector(1)', labels: { ...identity, title: 'Fill rate' } },
      {
        record: 'evenkeel:signal:threshold',
        expr: 'vector(0.9)',
        labels: { ...identity, severity: 'warning' },
      },
      { record: 'evenkeel:score:anchor', expr: 'vector(0.98)', labels: { ...identity, anchor: 'good' } },
      { record: 'evenkeel:score:anchor', expr: 'vector(0.8)', labels: { ...identity, anchor: 'poor' } },
    ]);
  });

  it('says both sides of a band', () => {
    const band: Signal = { ...fillRate, direction: 'band', warn: [0.2, 0.8], score: undefined };
    const thresholds = descriptionRules([band]).filter(
      ({ record }) => record === 'evenkeel:signal:threshold',
    );
    expect(thresholds.map(({ expr, labels }) => [labels?.side, expr])).toEqual([
      ['low', 'vector(0.2)'],
      ['high', 'vector(0.8)'],
    ]);
  });

  it('says nothing of what a signal does not have', () => {
    const plain: Signal = { ...fillRate, warn: undefined, score: undefined };
    expect(descriptionRules([plain]).map(({ record }) => record)).toEqual(['evenkeel:signal:info']);
  });
});
