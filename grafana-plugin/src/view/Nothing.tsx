import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState, type PanelData } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { NEEDS } from '../frames';
import { type Size } from './arrangement';
import { Lacking } from './Lacking';

interface Props {
  data: PanelData;
  size: Size;
}

/** Nothing to show at all: still loading, failed, no data, or data of something else. */
export function Nothing({ data, size: { width, height } }: Props) {
  const styles = useStyles2(getStyles);
  if (data.state === LoadingState.Loading) {
    return (
      <p className={styles.message} style={{ width, height }} role="status">
        Loading…
      </p>
    );
  }
  if (data.state === LoadingState.Error) {
    // Which queries would be useful is not the question now.
    return (
      <p className={styles.message} style={{ width, height }} role="alert">
        {`The query failed: ${data.errors?.[0]?.message ?? 'no reason given'}`}
      </p>
    );
  }
  const found = metricNames(data);
  const what = found.length === 0 ? 'any view' : `any view in ${found.join(', ')}`;
  return (
    <div style={{ width, height, overflow: 'hidden' }}>
      <Lacking what={what} needs={NEEDS.filter(({ essential }) => essential)} height={height} />
    </div>
  );
}

const MOST_NAMES = 3;

/** A few names of what the frames hold instead, shortened. */
function metricNames({ series }: PanelData): string[] {
  const names = new Set<string>();
  for (const { fields } of series) {
    for (const { name, labels, type } of fields) {
      if (type === 'number' && names.size < MOST_NAMES) {
        names.add((labels?.__name__ ?? name).slice(0, 60));
      }
    }
  }
  return [...names];
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'grid',
    placeContent: 'center',
    margin: 0,
    overflow: 'auto',
    overflowWrap: 'anywhere',
    textAlign: 'center',
    color: theme.colors.text.secondary,
  }),
});
