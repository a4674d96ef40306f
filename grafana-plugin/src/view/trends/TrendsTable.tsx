import { useTheme2 } from '@grafana/ui';
import React from 'react';
import { type Trend, withBand } from '../../model/trends';
import { DataTable } from '../DataTable';
import { displayOf, textOf } from '../format';
import { useViewContext } from '../view-context';
import { stateText } from './trend-words';

/** Every trend, also those that are not drawn. */
export function TrendsTable({ trends, height }: { trends: readonly Trend[]; height: number }) {
  const theme = useTheme2();
  const { timeZone } = useViewContext();
  const display = ({ series }: Trend) => displayOf(series.field, { theme, timeZone }, series.labels.unit);
  const text = (trend: Trend, value: number | null | undefined) =>
    value === null || value === undefined ? '–' : textOf(display(trend)(value));
  return (
    <DataTable
      caption="Signals, worst first"
      height={height}
      rows={trends}
      rowKey={({ key }) => key}
      empty="No signals"
      columns={[
        { title: 'Signal', cell: ({ title }) => title },
        { title: 'Target', cell: ({ target }) => target },
        { title: 'Now', cell: (trend) => text(trend, trend.value), numeric: true },
        { title: 'State', cell: (trend) => stateText(trend, display(trend), timeZone) || trend.state },
        {
          title: 'Normal',
          cell: (trend) => {
            const { band } = withBand(trend);
            return band === undefined ? '' : `${text(trend, band.low.at(-1))} to ${text(trend, band.high.at(-1))}`;
          },
          numeric: true,
        },
        {
          title: 'Thresholds',
          cell: (trend) =>
            trend.thresholds.map(({ severity, value }) => `${severity} ${text(trend, value)}`).join(', '),
        },
      ]}
    />
  );
}
