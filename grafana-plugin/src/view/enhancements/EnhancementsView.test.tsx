import { toDataFrame } from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { METRIC } from '../../frames';
import { episode, improvedEpisode } from '../../testing/episodes';
import { panelOf } from '../../testing/panel';
import { framesOf } from '../../testing/prometheus-frames';

// jsdom draws no canvas; plots are looked at in Chromium.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  UPlotChart: () => <div data-testid="plot" />,
}));

const TEN_MS = Date.parse('2026-01-02T10:00:00Z');
const HOUR_MS = 3_600_000;
const OF_SHOP = 'slow-api job=shop at 2026-01-02 10:00:00';

const latency = {
  metric: { __name__: METRIC.signalValue, signal: 'latency', unit: 'seconds', job: 'shop' },
  values: Array.from({ length: 60 }, (_, minute): [number, string] => [TEN_MS / 1000 + 60 * (minute - 40), '0.5']),
};

function show(episodes: Array<ReturnType<typeof episode>>, width = 1300) {
  const info = { __name__: METRIC.signalInfo, signal: 'latency', unit: 'seconds' };
  const frames = [
    toDataFrame(episodes),
    ...framesOf([latency, { metric: info, values: [[TEN_MS / 1000, '1']] }], { shape: 'series' }),
  ];
  const range = { fromMs: TEN_MS - HOUR_MS, toMs: TEN_MS + HOUR_MS };
  render(panelOf({ frames, ...range, options: { views: ['enhancements'] }, size: { width, height: 500 } }));
}

describe('an episode that is chosen', () => {
  it.each([1300, 500])('shows its plot, its verdict in words and all figures, %i pixels wide', async (width) => {
    show([improvedEpisode(), episode({ id: 'e2', outcome: 'failed' })], width);
    expect(screen.queryByRole('region')).not.toBeInTheDocument();
    await userEvent.click(screen.getAllByRole('button', { name: `Show ${OF_SHOP}` })[0]!);
    const detail = screen.getByRole('region', { name: OF_SHOP });
    expect(within(detail).getByTestId('plot')).toBeInTheDocument();
    expect(detail).toHaveTextContent('It helped.');
    const figures = within(detail).getByRole('table', { name: 'What the verdict was made of' });
    expect(within(figures).getByRole('row', { name: /^Expected without the action/ })).toHaveTextContent('500 ms');
    expect(within(figures).getByRole('row', { name: /^90 % interval/ })).toHaveTextContent('+200 ms to +400 ms');
    await userEvent.click(screen.getByRole('button', { name: `Close ${OF_SHOP}` }));
    expect(screen.queryByRole('region')).not.toBeInTheDocument();
  });

  it('says that the data hold nothing of its signal', async () => {
    show([improvedEpisode({ target: { job: 'till' } })]);
    await userEvent.click(screen.getByRole('button', { name: /^Show slow-api/ }));
    const detail = screen.getByRole('region');
    expect(detail).toHaveTextContent('The data hold nothing of Latency around it');
    expect(within(detail).queryByTestId('plot')).not.toBeInTheDocument();
    expect(within(detail).getByRole('table')).toBeInTheDocument();
  });

  it('has no plot and no figures where nothing was sent', async () => {
    show([episode({ outcome: 'failed', started_at: null, outcome_because: 'HTTP 503' })]);
    await userEvent.click(screen.getByRole('button', { name: /^Show slow-api/ }));
    expect(screen.getByRole('region')).toHaveTextContent(/: failedHTTP 503$/);
  });
});
