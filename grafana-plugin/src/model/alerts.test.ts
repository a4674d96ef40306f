import { instant, recorded, setOf } from '../testing/recording';
import { groupAlerts, readAlerts } from './alerts';

const alert = (alertname: string, alertstate: string, labels: Record<string, string> = {}) =>
  instant('ALERTS', { alertname, alertstate, ...labels }, 1);

describe('readAlerts', () => {
  it('puts firing before pending, then the severest, and lists nothing twice', () => {
    const set = setOf([
      alert('Soon', 'pending', { severity: 'critical' }),
      alert('Mild', 'firing', { severity: 'warning' }),
      alert('Odd', 'firing', { severity: 'weird' }),
      alert('Bad', 'firing', { severity: 'critical', site: 'a' }),
      alert('Bad', 'pending', { severity: 'critical', site: 'a' }),
    ]);
    expect(readAlerts(set).map(({ name, state }) => [name, state])).toEqual([
      ['Bad', 'firing'],
      ['Mild', 'firing'],
      ['Odd', 'firing'],
      ['Soon', 'pending'],
    ]);
  });

  it('says signal and domain of alerts whose name does not', () => {
    const set = setOf([
      alert('ScoreLow', 'firing', { domain: 'api', signal: 'score' }),
      alert('ScoreLow', 'firing', { domain: 'system', signal: 'score' }),
      alert('CpuHigh', 'firing', { domain: 'system', signal: 'cpu', instance: 'a' }),
    ]);
    const targets = readAlerts(set).map(({ name, target }) => [name, target]);
    expect(targets).toHaveLength(3);
    expect(targets).toEqual(
      expect.arrayContaining([
        ['ScoreLow', { domain: 'api' }],
        ['ScoreLow', { domain: 'system' }],
        ['CpuHigh', { instance: 'a' }],
      ])
    );
  });

  it('knows since when from ALERTS_FOR_STATE, whatever the state', () => {
    const since = instant('ALERTS_FOR_STATE', { alertname: 'Bad', site: 'a' }, 1_699_999_000);
    const [found] = readAlerts(setOf([alert('Bad', 'firing', { site: 'a' }), since]));
    expect(found).toMatchObject({ sinceMs: 1_699_999_000_000, sinceOrEarlier: false, target: { site: 'a' } });
  });

  it('else from the samples of a range, as far as they go back', () => {
    const samples = (seconds: number[]): Array<[number, string]> => seconds.map((at) => [1_700_000_000 + at, '1']);
    const metric = (alertname: string) => ({ __name__: 'ALERTS', alertname, alertstate: 'firing' });
    const found = readAlerts(
      setOf([
        { metric: metric('Again'), values: samples([0, 15, 90, 105, 120]) },
        { metric: metric('Always'), values: samples([0, 15, 30, 45, 60, 75, 90, 105, 120]) },
        { metric: metric('Over'), values: samples([0, 15, 30]) },
      ])
    );
    expect(found.map(({ name, sinceMs, sinceOrEarlier }) => [name, sinceMs, sinceOrEarlier])).toEqual([
      ['Again', 1_700_000_090_000, false],
      ['Always', 1_700_000_000_000, true],
    ]);
  });

  it('reads a recorded answer', () => {
    expect(readAlerts(setOf(recorded('range'))).map(({ name, severity }) => [name, severity])).toEqual([
      ['EvenkeelCpuUtilizationHigh', 'critical'],
      ['EvenkeelCpuUtilizationHigh', 'warning'],
    ]);
  });
});

describe('groupAlerts', () => {
  it('keeps the order: the group of the worst alert comes first', () => {
    const alerts = readAlerts(
      setOf([
        alert('A', 'firing', { severity: 'warning', domain: 'api' }),
        alert('B', 'firing', { severity: 'critical', domain: 'system' }),
        alert('C', 'firing', { severity: 'info' }),
      ])
    );
    expect(groupAlerts(alerts, 'domain').map(({ name }) => name)).toEqual(['system', 'api', '']);
  });
});
