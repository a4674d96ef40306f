import { SHAPES } from '../testing/prometheus-frames';
import { instant, recorded, setOf } from '../testing/recording';
import { readTrends, withBand, withForecast } from './trends';

const latency = { signal: 'latency', domain: 'api', unit: 'seconds', job: 'shop' };
const about = (value: number, extra: Array<ReturnType<typeof instant>> = []) =>
  readTrends(setOf([instant('evenkeel:signal:value', latency, value), ...extra]))[0]!;
const threshold = (severity: string, value: number, direction = 'lower') =>
  instant(
    'evenkeel:signal:threshold',
    { signal: 'latency', domain: 'api', unit: 'seconds', severity, direction },
    value
  );
const baseline = (center: number, scale: number, ready: number) => [
  instant('evenkeel:baseline:center', latency, center),
  instant('evenkeel:baseline:scale', latency, scale),
  instant('evenkeel:baseline:ready', latency, ready),
];

describe('readTrends', () => {
  it.each(SHAPES)('finds titles, units, bands and thresholds in a recorded answer of shape %s', (shape) => {
    const trends = readTrends(setOf(recorded('range'), { shape }));
    expect(trends).toHaveLength(9);
    const [worst] = trends;
    expect(worst).toMatchObject({ title: 'CPU utilization', target: '127.0.0.1:9850', state: 'critical', value: 1 });
    expect(worst!.thresholds.map(({ severity, value }) => [severity, value])).toEqual([
      ['warning', 0.8],
      ['critical', 0.9],
    ]);
    expect(withBand(worst!).band!.low).toHaveLength(worst!.series.values.length);
  });

  it('says missing of what has no value now, whatever it was', () => {
    const trends = readTrends(setOf(recorded('instant-with-data-missing')));
    expect(trends.map(({ signal }) => signal)).not.toContain('cpu_utilization');
    const range = recorded('range').map((series) =>
      series.metric.signal === 'cpu_utilization' && series.metric.__name__ === 'evenkeel:signal:value'
        ? { ...series, values: series.values!.slice(0, -5) }
        : series
    );
    const cpu = readTrends(setOf(range)).find(({ signal }) => signal === 'cpu_utilization')!;
    expect(cpu).toMatchObject({ state: 'missing', value: undefined });
  });

  it('judges by thresholds first, then by the baseline on the bad side', () => {
    expect(about(3, [threshold('warning', 2), threshold('critical', 5)]).state).toBe('warning');
    expect(about(6, [threshold('warning', 2), threshold('critical', 5)]).state).toBe('critical');
    expect(about(3, [threshold('warning', 4, 'higher')]).state).toBe('warning');
    expect(about(1.5, baseline(1, 0.1, 1)).state).toBe('deviates');
    expect(about(1.3, baseline(1, 0.1, 1))).toMatchObject({ state: 'normal', zscore: expect.closeTo(3, 9) });
    expect(about(1.5, baseline(1, 0.1, 0)).state).toBe('learning');
    const better = instant('evenkeel:signal:info', { signal: 'latency', title: 'Latency', direction: 'lower' }, 1);
    expect(about(0.5, [...baseline(1, 0.1, 1), better])).toMatchObject({ state: 'normal', title: 'Latency' });
  });

  it('has no band below zero for what was never negative', () => {
    expect(withBand(about(0.1, baseline(0.1, 0.1, 1))).band).toEqual({ low: [0], high: [0.5] });
    expect(withBand(about(-0.1, baseline(0.1, 0.1, 1))).band!.low[0]).toBeCloseTo(-0.3, 9);
  });
});

describe('withForecast', () => {
  it('names the threshold that a rising signal is heading for', () => {
    const values = Array.from({ length: 60 }, (_, index): [number, string] => [
      1_700_000_000 + 60 * index,
      String(0.5 + index * 0.005),
    ]);
    const metric = { __name__: 'evenkeel:signal:value', ...latency };
    const rising = readTrends(
      setOf([
        { metric, values },
        { ...threshold('warning', 0.82), value: [values.at(-1)![0], '0.82'] },
      ])
    )[0]!;
    const { heading, forecast } = withForecast(rising);
    expect(heading?.threshold.value).toBe(0.82);
    expect(heading!.atMs).toBeGreaterThan(values.at(-1)![0] * 1000);
    expect(forecast!.timesMs[0]).toBe(values.at(-1)![0] * 1000);
  });

  it('looks nowhere from a series that has ended', () => {
    const trend = { ...about(1), value: undefined };
    expect(withForecast(trend)).toMatchObject({ forecast: undefined, heading: undefined });
  });
});
