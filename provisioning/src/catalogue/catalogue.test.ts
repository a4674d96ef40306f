import { describe, expect, it } from '@jest/globals';
import { differences, mergeMetrics, readCatalogue, readPlanned, renderCatalogue } from './catalogue.ts';
import { readExposition } from './exposition.ts';

const PAGE = `# HELP request_duration_seconds Duration of requests.
# TYPE request_duration_seconds histogram
request_duration_seconds_bucket{route="/a,b{}",method="GET",le="0.1"} 1
request_duration_seconds_sum{route="/",method="GET"} 1
request_duration_seconds_count{route="/",method="GET",status="200"} 1
# HELP orders_total Orders.
# TYPE orders_total counter
orders_total 3
`;
const exposed = readExposition(PAGE, 'exporter');

describe('readExposition', () => {
  it('gives name, type, unit, help and labels of every metric', () => {
    expect(exposed).toEqual([
      {
        name: 'request_duration_seconds',
        type: 'histogram',
        unit: 'seconds',
        help: 'Duration of requests.',
        labels: ['method', 'route', 'status'],
        parts: ['exporter'],
      },
      { name: 'orders_total', type: 'counter', unit: '', help: 'Orders.', labels: [], parts: ['exporter'] },
    ]);
  });
});

describe('differences', () => {
  it('are none between a page and itself', () => expect(differences(exposed, exposed)).toEqual([]));

  it.each([
    ['a new metric', exposed.slice(1), 'request_duration_seconds of the exporter is not in the catalogue'],
    [
      'a metric that is gone',
      [...exposed, { ...exposed[1]!, name: 'gone_total' }],
      'gone_total is in the catalogue and nothing exposes it',
    ],
    [
      'a new label',
      [{ ...exposed[0]!, labels: ['method', 'route'] }, exposed[1]!],
      'request_duration_seconds has a label status, which is not in the catalogue',
    ],
    [
      'another type',
      [exposed[0]!, { ...exposed[1]!, type: 'gauge' }],
      'orders_total is a counter, in the catalogue a gauge',
    ],
    [
      'another help',
      [exposed[0]!, { ...exposed[1]!, help: 'x' }],
      'orders_total has another help text than in the catalogue',
    ],
  ])('show %s', (_what, catalogue, sentence) => expect(differences(catalogue, exposed)).toEqual([sentence]));

  it('do not ask for the metrics of other programs', () => {
    const foreign = { ...exposed[1]!, name: 'prometheus_build_info', parts: ['prometheus' as const] };
    expect(differences([...exposed, foreign], exposed)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('is sorted and is what its own metrics render as', () => {
    const metrics = readCatalogue();
    expect(renderCatalogue(metrics)).toBe(renderCatalogue([...metrics].reverse()));
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  });

  it('has none of the metrics that are only planned', () => {
    const exposed = new Set(readCatalogue().map(({ name }) => name));
    expect(readPlanned().filter(({ name }) => exposed.has(name))).toEqual([]);
  });

  it('takes a metric of two parts once', () => {
    const twice = mergeMetrics([exposed, readExposition(PAGE, 'agent')]);
    expect(twice.map(({ parts }) => parts)).toEqual([
      ['exporter', 'agent'],
      ['exporter', 'agent'],
    ]);
  });
});
