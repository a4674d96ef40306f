import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { METRIC } from '../../frames';
import { type Alert, groupAlerts, readAlerts } from '../../model/alerts';
import { Lacking } from '../Lacking';
import { useViewContext } from '../view-context';
import { View } from '../View';
import { type ViewProps } from '../operation';
import { AlertRow } from './AlertRow';
import { AlertsTable } from './AlertsTable';

/** What fires and what is about to, worst first. */
export function AlertsView({ operation, width, height }: ViewProps) {
  const { options } = useViewContext();
  const { set, lacks } = operation;
  const all = useMemo(() => readAlerts(set), [set]);
  const alerts = options.showPending ? all : all.filter(({ state }) => state === 'firing');
  if (!set.isAsked(METRIC.alerts)) {
    return <Lacking what="alerts" needs={lacks.alerts} height={height} />;
  }
  return (
    <View
      title="Alerts"
      note={alerts.length === 0 ? undefined : summaryOf(alerts)}
      lacks={alerts.length === 0 ? [] : lacks.alerts}
      height={height}
      graph={(bodyPx) => <AlertList alerts={alerts} width={width} height={bodyPx} asOfMs={set.asOfMs} />}
      table={(bodyPx) => <AlertsTable alerts={alerts} height={bodyPx} />}
    />
  );
}

interface ListProps {
  alerts: readonly Alert[];
  width: number;
  height: number;
  asOfMs: number;
}

const MOST_ROWS = 200;

function AlertList({ alerts, width, height, asOfMs }: ListProps) {
  const styles = useStyles2(getStyles);
  const { options } = useViewContext();
  const groups = groupAlerts(alerts.slice(0, MOST_ROWS), options.alertGroupLabel);
  return (
    <div className={styles.scroll} style={{ height }} tabIndex={0} role="group" aria-label="Alerts, worst first">
      {alerts.length === 0 && <Calm />}
      {groups.map(({ name, alerts: members }) => (
        <div key={name}>
          {options.alertGroupLabel !== '' && (
            <h4
              className={styles.group}
            >{`${name === '' ? `no ${options.alertGroupLabel}` : name} · ${members.length}`}</h4>
          )}
          <ul className={styles.list}>
            {members.map((alert) => (
              <AlertRow key={alert.key} alert={alert} isWide={width >= 520} asOfMs={asOfMs} />
            ))}
          </ul>
        </div>
      ))}
      {alerts.length > MOST_ROWS && (
        <p className={styles.none}>{`${alerts.length - MOST_ROWS} more are in the table.`}</p>
      )}
    </div>
  );
}

/** The best that can be said, and it looks like it. */
function Calm() {
  const styles = useStyles2(getStyles);
  return (
    <p className={styles.calm}>
      <Icon name="check-circle" className={styles.sound} aria-hidden="true" />
      Nothing is firing.
    </p>
  );
}

function summaryOf(alerts: readonly Alert[]): string {
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  const pending = alerts.length - firing;
  return [`${firing} firing`, ...(pending > 0 ? [`${pending} pending`] : [])].join(', ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflow: 'auto' }),
  none: css({ color: theme.colors.text.secondary, margin: theme.spacing(1, 0) }),
  calm: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), margin: theme.spacing(1, 0) }),
  sound: css({ color: theme.colors.success.text }),
  group: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary, margin: theme.spacing(1, 0, 0.25) }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
});
