import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { type Mark } from '../../frames';
import { readTrends, type Trend, type TrendState } from '../../model/trends';
import { Lacking } from '../Lacking';
import { useViewContext } from '../view-context';
import { View } from '../View';
import { type ViewProps } from '../operation';
import { useMarks } from './marks';
import { TrendCard } from './TrendCard';
import { withFieldThresholds } from './field-thresholds';
import { GAP, trendGrid } from './trend-grid';
import { TrendsTable } from './TrendsTable';

/** The signals as small plots, the worst first. */
export function TrendsView({ operation, width, height }: ViewProps) {
  const { options } = useViewContext();
  const { set, lacks } = operation;
  const trends = useMemo(() => withFieldThresholds(readTrends(set)), [set]);
  const marks = useMarks(operation);
  const shown = trends.slice(0, options.maxTrends);
  if (trends.length === 0) {
    return <Lacking what="trends" needs={lacks.trends} height={height} />;
  }
  return (
    <View
      title="Trends"
      note={trends.length > shown.length ? `the worst ${shown.length} of ${trends.length}` : summaryOf(trends)}
      tableNote={summaryOf(trends)}
      lacks={lacks.trends}
      height={height}
      graph={(bodyPx) => <TrendGrid trends={shown} marks={marks} width={width} height={bodyPx} />}
      table={(bodyPx) => <TrendsTable trends={trends} height={bodyPx} />}
    />
  );
}

interface GridProps {
  trends: readonly Trend[];
  marks: readonly Mark[];
  width: number;
  height: number;
}

function TrendGrid({ trends, marks, width, height }: GridProps) {
  const styles = useStyles2(getStyles);
  const { cardWidth, cardPx } = trendGrid(trends.length, { width, height });
  return (
    <div className={styles.scroll} style={{ height }} tabIndex={0} role="group" aria-label="Trends, worst first">
      <ul className={styles.grid}>
        {trends.map((trend) => (
          <TrendCard key={trend.key} trend={trend} marks={marks} width={cardWidth} height={cardPx} />
        ))}
      </ul>
    </div>
  );
}

function summaryOf(trends: readonly Trend[]): string {
  const count = (...states: TrendState[]) => trends.filter(({ state }) => states.includes(state)).length;
  const bad = count('critical', 'warning', 'deviates');
  const missing = count('missing');
  const parts = [
    ...(bad > 0 ? [`${bad} of ${trends.length} out of range`] : []),
    ...(missing > 0 ? [`${missing} without data now`] : []),
  ];
  return parts.length === 0 ? 'nothing out of range' : parts.join(', ');
}

const getStyles = (_theme: GrafanaTheme2) => ({
  scroll: css({ isolation: 'isolate', overflowX: 'hidden', overflowY: 'auto' }),
  grid: css({ display: 'flex', flexWrap: 'wrap', gap: GAP, listStyle: 'none', margin: 0, padding: 0 }),
});
