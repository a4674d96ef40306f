import { type DataFrame, FieldType, LoadingState, type PanelData, toDataFrame } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { METRIC, VIEWS } from '../frames';
import { type Given, panelOf } from '../testing/panel';
import { type ApiSeries, framesOf, SHAPES } from '../testing/prometheus-frames';
import { endMsOf, recorded } from '../testing/recording';

// jsdom draws no canvas; plots are looked at in Chromium.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  UPlotChart: () => <div data-testid="plot" />,
}));

const range = recorded('range');
const toMs = endMsOf(range);
const during = { fromMs: toMs - 600_000, toMs };
const show = (given: Given) => render(panelOf(given));
const recording = (more: Partial<Given> = {}): Given => ({
  frames: framesOf(range, { shape: 'series' }),
  ...during,
  ...more,
});

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation((...said) => {
    throw new Error(said.join(' '));
  });
});

describe('the panel', () => {
  it.each(SHAPES)('shows all views of a recorded answer of shape %s without any option', (shape) => {
    show(recording({ frames: framesOf(range, { shape }) }));
    for (const title of ['Score', 'Trends', 'Alerts', 'Enhancements', 'Entities']) {
      expect(screen.getByRole('group', { name: title })).toBeInTheDocument();
    }
    expect(screen.getByText('Score of the operation: 93.9')).toBeInTheDocument();
    expect(screen.getByText('Together 6.1 points: 100 − 93.9')).toBeInTheDocument();
    expect(screen.getByText('2 firing')).toBeInTheDocument();
    expect(screen.getByText('above critical 90%')).toBeInTheDocument();
    expect(screen.getAllByTestId('plot')).toHaveLength(9);
  });

  it('goes behind tabs where there is little room, and arrows lead from one to the next', async () => {
    show(recording({ size: { width: 500, height: 300 } }));
    const tabs = screen.getAllByRole('tab');
    expect(tabs.map((tab) => tab.getAttribute('tabindex'))).toEqual(['0', '-1', '-1', '-1', '-1']);
    tabs[0]!.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('tab', { name: /Alerts/ })).toHaveFocus();
    expect(screen.getByRole('tabpanel')).toHaveAccessibleName(/Alerts/);
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('tab', { name: 'Entities', selected: true })).toHaveFocus();
  });

  it.each(VIEWS)('has a table twin of %s', async (view) => {
    show(recording({ options: { views: [view] } }));
    await userEvent.click(screen.getByRole('button', { name: /as a table$/ }));
    const table = screen.getAllByRole('table').at(-1)!;
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(1);
    expect(within(table).getAllByRole('columnheader').length).toBeGreaterThan(2);
    expect(screen.queryByTestId('plot')).not.toBeInTheDocument();
  });

  it('says that scores are withheld, and between what', () => {
    const answer = recorded('instant-with-data-missing');
    show({ frames: framesOf(answer, { shape: 'table' }), toMs: endMsOf(answer), options: { views: ['score'] } });
    expect(screen.getByText(/^Score of the operation: withheld, between 34\.8 and 97\.3$/)).toBeInTheDocument();
    expect(screen.getAllByText(/withheld, between 0\.0 and 100\.0/)).toHaveLength(2);
  });

  it('says which query is missing for a view that was chosen', () => {
    const frames = framesOf([range[0]!], { shape: 'series' });
    show({ frames, ...during, options: { views: ['trends'] } });
    expect(screen.getByRole('group', { name: 'trends' })).toHaveTextContent(METRIC.signalValue);
    expect(screen.getAllByRole('button', { name: 'Copy the query' }).length).toBeGreaterThan(0);
  });

  it('keeps a view that was asked for and has no data, while others have some', () => {
    const targets = [
      { refId: 'A', expr: '{__name__=~"evenkeel:score:.*"}' },
      { refId: 'B', expr: 'ALERTS' },
    ];
    const [alert] = range.filter(({ metric }) => metric.__name__ === METRIC.alerts);
    const frames = framesOf([alert!], { shape: 'series' });
    show({ frames, ...during, data: { request: { targets } as unknown as PanelData['request'] } });
    expect(screen.getByRole('group', { name: 'Alerts' })).toBeInTheDocument();
    for (const what of ['the score', 'entities']) {
      expect(screen.getByRole('group', { name: what })).toHaveTextContent(/No data for .*its answer is empty/);
    }
    expect(screen.queryByRole('group', { name: 'trends' })).not.toBeInTheDocument();
  });

  it('tells no alerts from no query for alerts', () => {
    const empty = toDataFrame({ fields: [], meta: { executedQueryString: 'Expr: ALERTS' } });
    const { unmount } = show({ frames: [empty], options: { views: ['alerts'] } });
    expect(screen.getByText('Nothing is firing.')).toBeInTheDocument();
    unmount();
    show({ frames: [], options: { views: ['alerts'] } });
    expect(screen.queryByText('Nothing is firing.')).not.toBeInTheDocument();
    expect(screen.getByText('No data for alerts')).toBeInTheDocument();
  });

  it('links an alert to its runbook with its labels filled in, and to nothing dangerous', () => {
    const labels = { __name__: 'ALERTS', alertname: 'Bad', alertstate: 'firing', dashboard_url: 'javascript:alert(1)' };
    const frames = framesOf([{ metric: labels, value: [3600, '1'] }], { shape: 'series' });
    show({ frames, options: { views: ['alerts'], runbookUrl: 'https://wiki.example/${alertname}' } });
    expect(screen.getByRole('link', { name: 'Runbook' })).toHaveAttribute('href', 'https://wiki.example/Bad');
    expect(screen.getByRole('link', { name: 'Dashboard' }).getAttribute('href')).not.toContain('javascript');
  });

  it('goes on showing what it has when a query fails, and says so', () => {
    show(recording({ data: { state: LoadingState.Error, errors: [{ message: 'bad gateway' }] } }));
    expect(screen.getByRole('alert')).toHaveTextContent('bad gateway');
    expect(screen.getByText('Score of the operation: 93.9')).toBeInTheDocument();
  });

  it('says how old its data are when a query fails, whatever the time range', () => {
    const frames = framesOf([{ metric: { __name__: 'evenkeel:score:total' }, values: [[3600, '93.9']] }], {
      shape: 'series',
    });
    show({ frames, toMs: 7_200_000, data: { state: LoadingState.Error, errors: [{ message: 'bad gateway' }] } });
    expect(screen.getByRole('alert')).toHaveTextContent('Data up to 1970-01-01 01:00:00: the last query failed');
  });

  it('says that the first query failed, and not what else could be asked', () => {
    show({
      frames: [],
      options: { views: ['trends'] },
      data: { state: LoadingState.Error, errors: [{ message: 'bad gateway' }] },
    });
    expect(screen.getByRole('alert')).toHaveTextContent('The query failed: bad gateway');
    expect(screen.queryByText(/No data|A Prometheus query/)).not.toBeInTheDocument();
  });

  it('says that it is loading only while it has nothing', () => {
    show({ frames: [], data: { state: LoadingState.Loading } });
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
  });

  it('leaves out what an override hides', () => {
    const frames = framesOf(range, { shape: 'series' }).map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) =>
        field.labels?.domain === 'api' ? { ...field, config: { custom: { hideFrom: { viz: true } } } } : field
      ),
    }));
    show(recording({ frames, options: { views: ['score'] } }));
    expect(screen.getByRole('list', { name: 'Domains' })).not.toHaveTextContent('API');
  });
});

describe('wrong data', () => {
  const at = (index: number) => toMs / 1000 - 600 + index * 15;
  const signal = (labels: Record<string, string>, values: Array<[number, string]>): ApiSeries => ({
    metric: { __name__: METRIC.signalValue, signal: 'latency', unit: 'seconds', domain: 'api', ...labels },
    values,
  });
  const series = (all: readonly ApiSeries[]) => framesOf(all, { shape: 'series' });
  const empty = toDataFrame({ fields: [] });
  const noTime = toDataFrame({ fields: [{ name: 'text', type: FieldType.string, values: ['a', null] }] });
  const other = series([{ metric: { __name__: 'node_load1', instance: 'a' }, value: [at(40), '1'] }]);

  it.each<[string, DataFrame[]]>([
    ['no frames', []],
    ['empty frames', [empty, noTime]],
    ['another metric', other],
  ])('%s: says what is needed', (_, frames) => {
    show({ frames, ...during });
    expect(screen.getByText(/^No data for any view/)).toBeInTheDocument();
    expect(screen.getByText(METRIC.alerts)).toBeInTheDocument();
  });

  const points = Array.from({ length: 41 }, (_, index) => index);
  const cases: Array<[string, ApiSeries[]]> = [
    [
      '10,000 series',
      Array.from({ length: 10_000 }, (_, index) => signal({ job: `job-${index}` }, [[at(40), String(index)]])),
    ],
    [
      'NaN and infinities',
      [
        signal(
          { job: 'a' },
          points.map((index) => [at(index), ['NaN', '+Inf', '1'][index % 3]!])
        ),
      ],
    ],
    [
      'gaps',
      [
        signal(
          { job: 'a' },
          points.filter((index) => index % 7 > 2).map((index) => [at(index), '1'])
        ),
      ],
    ],
    ['one point', [signal({ job: 'a' }, [[at(40), '1']])]],
    [
      'years of range',
      [
        signal(
          { job: 'a' },
          points.map((index) => [at(40) - (40 - index) * 86_400 * 30, '1'])
        ),
      ],
    ],
    [
      'negative values',
      [
        signal(
          { job: 'a' },
          points.map((index) => [at(index), String(-index)])
        ),
      ],
    ],
    ['huge labels', [signal({ job: 'x'.repeat(5_000), zone: '<script>alert(1)</script>' }, [[at(40), '1']])]],
    [
      'huge and tiny values',
      [
        signal(
          { job: 'a' },
          points.map((index) => [at(index), index % 2 ? '1e300' : '1e-300'])
        ),
      ],
    ],
    ['no labels at all', [{ metric: { __name__: METRIC.signalValue }, values: [[at(40), '1']] }]],
  ];

  it.each(cases)('%s: trends are readable, as plots and as a table', async (_, answer) => {
    show({ frames: series(answer), ...during });
    expect(screen.getByRole('group', { name: 'Trends' })).toBeInTheDocument();
    const plots = screen.getAllByTestId('plot');
    expect(plots.length).toBeLessThanOrEqual(12);
    await userEvent.click(screen.getByRole('button', { name: /as a table$/ }));
    expect(screen.getAllByRole('row').length).toBeLessThanOrEqual(101);
  });

  it('says all of an entity where the pointer is on its tile', async () => {
    const metric = { __name__: METRIC.scoreUtility, signal: 'fill_rate', domain: 'inventory', site: 'leeds' };
    show({ frames: series([{ metric, value: [at(40), '0.9'] }]), ...during, options: { views: ['entities'] } });
    const name = screen.getByText('leeds');
    await userEvent.hover(name);
    expect(name).toHaveAttribute('title', 'leeds: 90.0, Fill rate costs 10.0');
  });

  it('of a thousand entities only what is in sight is in the document', () => {
    const entities = Array.from({ length: 1_000 }, (_, index): ApiSeries => {
      const metric = { __name__: METRIC.scoreUtility, signal: 'fill_rate', domain: 'inventory', site: `site-${index}` };
      return { metric, value: [at(40), String(index / 1_000)] };
    });
    show({ frames: series(entities), ...during, options: { views: ['entities'] } });
    expect(screen.getByText('1000 by site')).toBeInTheDocument();
    expect(screen.getByText('site-0')).toBeInTheDocument();
    expect(screen.getAllByRole('listitem').length).toBeLessThan(400);
  });

  it('scores out of range, negative losses and losses of no domain are shown as they are', () => {
    const answer: ApiSeries[] = [
      { metric: { __name__: METRIC.scoreTotal }, value: [at(40), '140'] },
      { metric: { __name__: METRIC.scoreDomain, domain: 'api' }, value: [at(40), '-20'] },
      { metric: { __name__: METRIC.scoreLoss, domain: 'api', signal: 'a' }, value: [at(40), '-3'] },
      { metric: { __name__: METRIC.scoreLoss, signal: 'b' }, value: [at(40), '3'] },
    ];
    show({ frames: series(answer), ...during });
    expect(screen.getByText('Score of the operation: 140.0')).toBeInTheDocument();
  });
});
