import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type Alert } from '../../model/alerts';
import { FieldLink } from '../FieldLink';
import { lasting, moment } from '../format';
import { useViewContext } from '../view-context';
import { linksOf } from './alert-links';
import { Severity, severityColor } from './severity';

interface Props {
  alert: Alert;
  isWide: boolean;
  asOfMs: number;
}

export function AlertRow({ alert, isWide, asOfMs }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { options, replaceVariables } = useViewContext();
  const { runbook, dashboard } = linksOf(alert, options, replaceVariables);
  const isPending = alert.state === 'pending';
  return (
    <li
      className={styles.row}
      style={{ borderLeftColor: severityColor(alert.severity, theme), borderLeftStyle: isPending ? 'dashed' : 'solid' }}
    >
      <span className={styles.severity}>
        <Severity severity={alert.severity} />
      </span>
      <span className={styles.what} title={`${alert.name} ${targetText(alert)}`}>
        <FieldLink className={styles.name} field={alert.series.field} rowIndex={alert.series.rowIndex}>
          {alert.name}
        </FieldLink>
        <span className={styles.target}>{targetText(alert)}</span>
      </span>
      {isWide && runbook !== undefined && <Out href={runbook} text="Runbook" />}
      {isWide && dashboard !== undefined && <Out href={dashboard} text="Dashboard" />}
      <span className={styles.since}>
        {isPending && 'pending '}
        <Since alert={alert} asOfMs={asOfMs} />
      </span>
    </li>
  );
}

function Out({ href, text }: { href: string; text: string }) {
  const styles = useStyles2(getStyles);
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

function Since({ alert: { sinceMs, sinceOrEarlier }, asOfMs }: { alert: Alert; asOfMs: number }) {
  const { timeZone } = useViewContext();
  if (sinceMs === undefined) {
    return null;
  }
  return (
    <time
      dateTime={new Date(sinceMs).toISOString()}
      title={`since ${sinceOrEarlier ? 'or before ' : ''}${moment(sinceMs, timeZone)}`}
    >
      {`${sinceOrEarlier ? '> ' : ''}${lasting(asOfMs - sinceMs)}`}
    </time>
  );
}

export function targetText({ target }: Alert): string {
  return Object.entries(target)
    .filter(([name]) => name !== 'runbook_url' && name !== 'dashboard_url')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minHeight: 30,
    paddingLeft: theme.spacing(1),
    marginBottom: 2,
    borderLeftWidth: 3,
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  severity: css({ display: 'flex', flex: '0 0 76px' }),
  what: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  name: css({ color: theme.colors.text.primary }),
  target: css({ marginLeft: theme.spacing(1), ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
  link: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
  }),
  since: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
    whiteSpace: 'nowrap',
    paddingRight: theme.spacing(1),
    fontVariantNumeric: 'tabular-nums',
  }),
});
