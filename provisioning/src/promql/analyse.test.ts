import { describe, expect, it } from '@jest/globals';
import { analyse, type MetricBook } from './analyse.ts';

const METRICS: Readonly<Record<string, readonly string[]>> = {
  requests_total: ['job', 'route', 'status'],
  duration_bucket: ['job', 'le'],
  weight: ['domain'],
  loss: ['domain', 'signal'],
};
const book: MetricBook = {
  names: Object.keys(METRICS),
  labelsOf: (name) => (METRICS[name] === undefined ? undefined : new Set(METRICS[name])),
};

const labelsOf = (expr: string) => {
  const { labels, findings } = analyse(expr, book);
  expect(findings).toEqual([]);
  return labels === 'any' ? labels : [...labels].sort();
};

describe('the labels of a result', () => {
  it.each([
    ['requests_total', ['job', 'route', 'status']],
    ['sum by (job) (rate(requests_total[5m]))', ['job']],
    ['sum(requests_total) by (route)', ['route']],
    ['sum without (status) (requests_total)', ['job', 'route']],
    ['sum(requests_total)', []],
    ['topk(3, requests_total)', ['job', 'route', 'status']],
    ['histogram_quantile(0.9, sum by (job, le) (duration_bucket))', ['job']],
    ['loss * on (domain) group_left () weight', ['domain', 'signal']],
    ['sum by (domain) (loss) * on (domain) weight', ['domain']],
    ['loss and on (domain) weight', ['domain', 'signal']],
    ['weight or loss', ['domain', 'signal']],
    ['label_replace(weight, "team", "$1", "domain", "(.*)")', ['domain', 'team']],
    ['1 - avg_over_time(weight[1h:1m] offset 1d)', ['domain']],
    ['quantile_over_time(0.5, weight[1h]) > bool 0', ['domain']],
    ['vector(0)', []],
    ['absent(weight)', 'any'],
    ['{__name__=~"requests.+", job="a"}', 'any'],
  ])('of %s', (expr, labels) => expect(labelsOf(expr)).toEqual(labels));
});

describe('findings', () => {
  it.each([
    ['sum(weight', 'QUERY_SYNTAX', ''],
    ['', 'QUERY_SYNTAX', ''],
    ['sum by (domain) (weigth)', 'METRIC_UNKNOWN', 'weigth'],
    ['weight{team="a"}', 'LABEL_UNKNOWN', 'team'],
    ['sum by (team) (weight)', 'LABEL_UNKNOWN', 'team'],
    ['loss * on (signal) group_left () weight', 'LABEL_UNKNOWN', 'signal'],
    ['sum(loss) / on (domain) weight', 'LABEL_UNKNOWN', 'domain'],
    ['max by (le) (histogram_quantile(0.9, duration_bucket))', 'LABEL_UNKNOWN', 'le'],
  ])('in %j: %s at %j', (expr, code, at) => {
    const { findings } = analyse(expr, book);
    expect(findings).toMatchObject([{ code }]);
    const { from, to } = findings[0]!;
    if (at !== '') expect(expr.slice(from, to)).toBe(at);
  });

  it('name what was probably meant', () => {
    expect(analyse('weigth', book).findings).toMatchObject([{ hint: 'did you mean weight?' }]);
  });
});
