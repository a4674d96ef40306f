import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState, type PanelData } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { type ViewName } from '../frames';
import { readAlerts } from '../model/alerts';
import { place, type Size } from './arrangement';
import { moment } from './format';
import { type Operation } from './operation';
import { ViewContextProvider, useViewContext } from './view-context';
import { Tabs } from './Tabs';
import { VIEW } from './views';

interface Props {
  id: string;
  views: readonly ViewName[];
  operation: Operation;
  data: PanelData;
  size: Size;
}

const TABS_PX = 32;
const FAILED_PX = 24;

/** The views beside each other or behind tabs; above them, that the last query failed, if it did. */
export function PanelLayout({ data, size, ...rest }: Props) {
  const styles = useStyles2(getStyles);
  const hasFailed = data.state === LoadingState.Error;
  const height = size.height - (hasFailed ? FAILED_PX : 0);
  return (
    <div className={styles.panel} style={size}>
      {hasFailed && <Failed data={data} operation={rest.operation} />}
      <Placed {...rest} size={{ width: size.width, height }} />
    </div>
  );
}

/** What is on screen is older than it looks. */
function Failed({ data, operation }: Pick<Props, 'data' | 'operation'>) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useViewContext();
  const { newestMs } = operation.set;
  const message = data.errors?.[0]?.message ?? 'no reason given';
  // Its age first: where there is little room, the reason is cut.
  const age = newestMs === undefined ? 'Old data' : `Data up to ${moment(newestMs, timeZone)}`;
  return (
    <p className={styles.failed} role="alert" title={message}>
      {`${age}: the last query failed (${message})`}
    </p>
  );
}

function Placed({ id, views, operation, size }: Omit<Props, 'data'>) {
  const styles = useStyles2(getStyles);
  const { options } = useViewContext();
  const placing = place(views, size, options.arrangement);
  if (placing.as === 'tabs') {
    return <Tabbed id={id} views={views} operation={operation} size={size} />;
  }
  return (
    <div className={styles.tiles} style={{ height: size.height }}>
      <div style={{ position: 'relative', height: placing.height }}>
        {placing.tiles.map(({ view, left, top, width, height }) => {
          const { Component } = VIEW[view];
          return (
            <div key={view} style={{ position: 'absolute', left, top, width, height }}>
              <Component operation={operation} width={width} height={height} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Tabbed({ id, views, operation, size }: Omit<Props, 'data'>) {
  const context = useViewContext();
  const tabbed = useMemo(() => ({ ...context, hasTabs: true }), [context]);
  const [chosen, setChosen] = useState<ViewName>();
  const active = chosen !== undefined && views.includes(chosen) ? chosen : views[0]!;
  const { Component } = VIEW[active];
  const firing = useMemo(() => readAlerts(operation.set).filter(({ state }) => state === 'firing').length, [operation]);
  return (
    <ViewContextProvider value={tabbed}>
      <Tabs
        id={id}
        label="Views"
        active={active}
        onChange={setChosen}
        tabs={views.map((name) => ({ name, label: VIEW[name].title, count: name === 'alerts' ? firing : undefined }))}
      />
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-tab-${active}`}>
        <Component operation={operation} width={size.width} height={size.height - TABS_PX} />
      </div>
    </ViewContextProvider>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ overflow: 'hidden', position: 'relative' }),
  tiles: css({ overflowX: 'hidden', overflowY: 'auto' }),
  failed: css({
    height: FAILED_PX,
    margin: 0,
    ...theme.typography.bodySmall,
    color: theme.colors.error.text,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
});
