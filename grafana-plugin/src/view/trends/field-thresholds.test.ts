import { type Field, FieldType, ThresholdsMode } from '@grafana/data';
import { type Threshold } from '../../model/thresholds';
import { type Trend } from '../../model/trends';
import { withFieldThresholds } from './field-thresholds';

const steps = [-Infinity, 0.75, 0.95].map((value) => ({ value, color: '' }));
const field = (showThresholds: boolean): Field => ({
  name: 'Value',
  type: FieldType.number,
  config: { custom: { showThresholds }, thresholds: { mode: ThresholdsMode.Absolute, steps } },
  values: [],
});

function trend(value: number, state: Trend['state'], alerts: readonly Threshold[], showThresholds = true): Trend {
  const none = { baseline: undefined, band: undefined, zscore: undefined, forecast: undefined, heading: undefined };
  const series = { field: field(showThresholds), labels: {}, timesMs: [], values: [], rowIndex: 0 } as never;
  return { ...none, key: `${value}`, signal: '', title: '', target: '', state, value, series, thresholds: alerts };
}

const above = (value: number): Threshold => ({ severity: 'critical', value, bad: 'above' });
const below = (value: number): Threshold => ({ severity: 'critical', value, bad: 'below' });

describe('withFieldThresholds', () => {
  it('leaves trends as they are where nobody asked', () => {
    const trends = [trend(0.93, 'critical', [above(0.9)], false)];
    expect(withFieldThresholds(trends)).toBe(trends);
  });

  it('says how a trend stands by the thresholds that are drawn, the worst first', () => {
    const [first, second] = withFieldThresholds([trend(0.5, 'critical', [above(0.4)]), trend(0.8, 'normal', [])]);
    expect([first!.value, first!.state, first!.thresholds.map(({ severity }) => severity)]).toEqual([
      ...[0.8, 'warning'],
      ['warning', 'critical'],
    ]);
    expect([second!.value, second!.state]).toEqual([0.5, 'normal']);
  });

  it('takes the bad side from the alerts of the signal', () => {
    const [poor, fair, good] = withFieldThresholds(
      [0.6, 0.9, 0.99].map((value) => trend(value, 'normal', [below(0.5)]))
    );
    expect(poor).toMatchObject({ state: 'critical', thresholds: [{ value: 0.95 }, { value: 0.75 }] });
    expect([fair!.state, good!.state]).toEqual(['warning', 'normal']);
  });
});
