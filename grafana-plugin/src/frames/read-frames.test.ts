import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import fc from 'fast-check';
import { type ApiSeries, framesOf, type Shape, SHAPES } from '../testing/prometheus-frames';
import { METRIC } from './contract';
import { readFrames } from './read-frames';
import { labelsKey } from './series';

const AT_S = 1_700_000_000;
const read = (frames: DataFrame[], queries: string[] = []) => readFrames(frames, { queries, atMs: AT_S * 1000 });

const domains: ApiSeries[] = [
  {
    metric: { __name__: METRIC.scoreDomain, domain: 'api' },
    values: [
      [AT_S - 15, '80'],
      [AT_S, '79.5'],
    ],
  },
  {
    metric: { __name__: METRIC.scoreDomain, domain: 'system' },
    values: [
      [AT_S - 15, '60'],
      [AT_S, 'NaN'],
    ],
  },
];

describe('readFrames', () => {
  it.each(SHAPES)('reads a range answer in the shape %s by name and labels', (shape) => {
    const set = read(framesOf(domains, { shape, refId: 'whatever' }));
    const found = set.of(METRIC.scoreDomain);
    expect(found.map(({ labels }) => labels)).toEqual([{ domain: 'api' }, { domain: 'system' }]);
    expect(found.map(({ values }) => values)).toEqual([
      [80, 79.5],
      [60, null],
    ]);
    expect(found[0]?.timesMs).toEqual([(AT_S - 15) * 1000, AT_S * 1000]);
  });

  it.each(SHAPES)('reads an instant answer in the shape %s', (shape) => {
    const answer = [{ metric: { __name__: METRIC.scoreTotal }, value: [AT_S, '88.25'] as [number, string] }];
    const [total] = read(framesOf(answer, { shape })).of(METRIC.scoreTotal);
    expect(total).toMatchObject({ labels: {}, values: [88.25], timesMs: [AT_S * 1000] });
  });

  it('takes the meaning of a series from its display name, its name, its legend, or the only metric of its query', () => {
    const value = (field: object, frame: object = {}) =>
      toDataFrame({ ...frame, fields: [{ name: 'Value', type: FieldType.number, values: [1], ...field }] });
    const frames = [
      value({ config: { displayName: METRIC.scoreTotal }, labels: { __name__: 'my_score' } }),
      value({ name: METRIC.scoreDomain, labels: { domain: 'a' } }),
      value({ config: { displayNameFromDS: `${METRIC.scoreDomain}{domain="b"}` }, labels: { domain: 'b' } }),
      value(
        { labels: { domain: 'c' } },
        { meta: { executedQueryString: `Expr: max by (domain) (${METRIC.scoreDomain})` } }
      ),
      value(
        { labels: { domain: 'd' } },
        { meta: { executedQueryString: `${METRIC.scoreDomain} / ${METRIC.scoreTotal}` } }
      ),
    ];
    const set = read(frames);
    expect(set.of(METRIC.scoreTotal)).toHaveLength(1);
    expect(set.of(METRIC.scoreDomain).map(({ labels }) => labels.domain)).toEqual(['a', 'b', 'c']);
  });

  it('reads a frame without a time column as of the end of the range', () => {
    const frame = toDataFrame({ fields: [{ name: METRIC.scoreTotal, type: FieldType.number, values: [70] }] });
    expect(read([frame]).of(METRIC.scoreTotal)[0]?.timesMs).toEqual([AT_S * 1000]);
  });

  it('keeps of an instant beside a range query the longer', () => {
    const range = framesOf(domains, { shape: 'series', refId: 'A' });
    const instant = framesOf([{ metric: domains[0]!.metric, value: [AT_S, '79.5'] }], { shape: 'table', refId: 'B' });
    for (const frames of [
      [...range, ...instant],
      [...instant, ...range],
    ]) {
      expect(read(frames).of(METRIC.scoreDomain)[0]?.values).toHaveLength(2);
    }
  });

  it('knows an answer without series from a question that nobody asked', () => {
    const empty = toDataFrame({ fields: [], meta: { executedQueryString: 'Expr: ALERTS{alertstate="firing"}' } });
    expect(read([empty]).isAsked(METRIC.alerts)).toBe(true);
    expect(read([], ['ALERTS or vector(0)']).isAsked(METRIC.alerts)).toBe(true);
    expect(read([], ['ALERTS_FOR_STATE']).isAsked(METRIC.alerts)).toBe(false);
  });

  it('takes silence where recorded series were asked for too for no data, and not for no alerts', () => {
    const query = `{__name__=~"evenkeel:score:(total|domain)|ALERTS"}`;
    expect(read([], [query]).isAsked(METRIC.alerts)).toBe(false);
    expect(read(framesOf(domains, { shape: 'series' }), [query]).isAsked(METRIC.alerts)).toBe(true);
  });

  it('does not call current what ended before the others', () => {
    const ended: ApiSeries = {
      metric: { __name__: METRIC.scoreDomain, domain: 'gone' },
      values: [
        [AT_S - 60, '1'],
        [AT_S - 45, '2'],
      ],
    };
    const set = read(framesOf([...domains, ended], { shape: 'series' }));
    const current = Object.fromEntries(
      set.of(METRIC.scoreDomain).map((series) => [series.labels.domain, set.current(series)?.value])
    );
    expect(current).toEqual({ api: 79.5, system: 60, gone: undefined });
  });

  it('leaves alone what is not ours', () => {
    const other = [{ metric: { __name__: 'node_load1', instance: 'a' }, value: [AT_S, '1'] as [number, string] }];
    for (const shape of SHAPES) {
      const set = read(framesOf(other, { shape }));
      expect(Object.values(METRIC).flatMap((metric) => set.of(metric))).toEqual([]);
    }
  });

  it('gives the same series whatever the shape', () => {
    const label = fc.stringMatching(/^[a-z]{1,6}$/);
    const text = fc.string({ minLength: 1, maxLength: 8 });
    const labels = fc.dictionary(label, text, { maxKeys: 3, noNullPrototype: true });
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom('NaN', '+Inf', '-Inf')).map(String);
    const series = fc.record({ labels, values: fc.array(value, { minLength: 1, maxLength: 6 }) });
    const answers = fc.uniqueArray(series, { maxLength: 6, selector: (each) => labelsKey(each.labels) });
    fc.assert(
      fc.property(answers, fc.constantFrom<Shape>(...SHAPES), (all, shape) => {
        const answer = all.map((each): ApiSeries => ({
          metric: { __name__: METRIC.signalValue, ...each.labels },
          values: each.values.map((said, index) => [AT_S + index, said]),
        }));
        const found = read(framesOf(answer, { shape })).of(METRIC.signalValue);
        expect(found.map((each) => labelsKey(each.labels)).sort()).toEqual(
          all.map((each) => labelsKey(each.labels)).sort()
        );
        for (const each of found) {
          const source = all.find(({ labels: own }) => labelsKey(own) === labelsKey(each.labels))!;
          const numbers = source.values.map(Number).map((number) => (Number.isFinite(number) ? number : null));
          expect(each.values.slice(0, numbers.length)).toEqual(numbers);
          expect([...each.timesMs]).toEqual([...each.timesMs].sort((a, b) => a - b));
        }
      })
    );
  });
});
