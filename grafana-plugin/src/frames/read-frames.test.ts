import { type DataFrame, FieldType, type Labels, toDataFrame } from '@grafana/data';
import fc from 'fast-check';
import { backendFrames } from '../../preview/page/prometheus/backend-frames';
import { panelFrames } from '../../preview/page/prometheus/frames';
import { type ApiSeries, framesOf, type Shape, SHAPES } from '../testing/prometheus-frames';
import { METRIC } from './contract';
import { readFrames } from './read-frames';
import { labelsKey, type Series } from './series';

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

  it('knows what a pattern of names asks for', () => {
    const some = framesOf(domains, { shape: 'series' });
    const asks = (query: string) => read(some, [query]).isAsked(METRIC.scoreTotal);
    expect(asks('{__name__=~"evenkeel:score:(total|bound)", site="x"}')).toBe(true);
    expect(asks("{__name__ =~ 'evenkeel:score:.+'}")).toBe(true);
    expect(asks('{__name__=~`evenkeel:score:tot\\w+`}')).toBe(true);
    expect(asks('{__name__=~"evenkeel:score:tot"}')).toBe(false);
    expect(asks('{__name__=~"(?i:evenkeel"}')).toBe(false);
    expect(asks('{site=~"evenkeel:score:.+"}')).toBe(false);
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

  it('reads every series of a query that took their names, and not those of another that says nothing', () => {
    const answer = ['api', 'system'].map((domain) => ({ metric: { domain }, value: [AT_S, '5'] as [number, string] }));
    const frames = framesOf(answer, { shape: 'auto', expr: `max by (domain) (${METRIC.scoreDomain})` });
    expect(read(frames).of(METRIC.scoreDomain)).toHaveLength(2);
    const [, second] = frames;
    expect(read([frames[0]!, { ...second!, refId: 'other' }]).of(METRIC.scoreDomain)).toHaveLength(1);
    expect(read([frames[0]!, { ...second!, refId: undefined }]).of(METRIC.scoreDomain)).toHaveLength(1);
  });

  it('takes an empty table for no series', () => {
    const frames = framesOf([], { shape: 'tables', expr: METRIC.scoreTotal });
    expect(read(frames).of(METRIC.scoreTotal)).toEqual([]);
  });

  it('gives the same series whatever the shape', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom<Shape>(...SHAPES), (all, shape) => {
        const answer = all.map((each) => apiSeries(each, METRIC.signalValue));
        expectSeries(read(framesOf(answer, { shape })).of(METRIC.signalValue), all);
      })
    );
  });

  it('gives the same series whatever a panel asks beside, in tables or not, with names or without', () => {
    const metrics = [METRIC.signalValue, METRIC.scoreDomain, METRIC.alerts];
    const query = fc.record({
      answer: answers,
      format: fc.constantFrom('time_series' as const, 'table' as const),
      legendFormat: fc.constantFrom('', '__auto', '{{a}}'),
      isNamed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: metrics.length }), (queries) => {
        const targets = queries.map(({ format, legendFormat }, index) => ({
          ...{ refId: `Q${index}`, expr: `max without (x) (${metrics[index]})`, format, legendFormat },
        }));
        const frames = queries.flatMap(({ answer, isNamed }, index) =>
          backendFrames(
            answer.map((each) => apiSeries(each, isNamed ? metrics[index] : undefined)),
            { target: targets[index]!, expr: targets[index]!.expr, stepSeconds: 1 }
          )
        );
        const set = read(panelFrames(frames, targets));
        queries.forEach(({ answer }, index) => expectSeries(set.of(metrics[index]!), answer));
      })
    );
  });
});

interface SeriesSpec {
  labels: Labels;
  startSeconds: number;
  values: string[];
}

const answers = fc.uniqueArray(
  fc.record({
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ minLength: 1, maxLength: 8 }), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    startSeconds: fc.integer({ min: AT_S - 9, max: AT_S }),
    values: fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom('NaN', '+Inf', '-Inf')).map(String), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
  { maxLength: 6, selector: ({ labels }) => labelsKey(labels) }
);

function apiSeries({ labels, startSeconds, values }: SeriesSpec, name?: string): ApiSeries {
  return {
    metric: { ...(name !== undefined && { __name__: name }), ...labels },
    values: values.map((said, index) => [startSeconds + index, said]),
  };
}

/** A shape with one time column for all has more rows; what it adds is no sample. */
function expectSeries(found: readonly Series[], given: readonly SeriesSpec[]): void {
  const samples = ({ timesMs, values }: Series) =>
    timesMs.flatMap((timeMs, index) => (values[index] === null ? [] : [[timeMs, values[index]]]));
  const seen = found.map((each) => [labelsKey(each.labels), samples(each)] as const);
  const answered = given.map(({ labels, startSeconds, values }) => {
    const numbers = values.map((said, index) => [(startSeconds + index) * 1000, Number(said)] as const);
    return [labelsKey(labels), numbers.filter(([, number]) => Number.isFinite(number))] as const;
  });
  expect(new Map(seen)).toEqual(new Map(answered));
  expect(seen).toHaveLength(answered.length);
  for (const { timesMs } of found) {
    expect([...timesMs]).toEqual([...timesMs].sort((a, b) => a - b));
  }
}
