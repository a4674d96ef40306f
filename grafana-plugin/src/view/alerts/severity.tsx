import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, type IconName, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { severityRank } from '../../model/alerts';

const CRITICAL_RANK = severityRank('high');
const WARNING_RANK = severityRank('low');

/** Shape, colour and word of a severity: colour never stands alone. */
export function Severity({ severity }: { severity: string }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { icon, color } = lookOf(severity, theme);
  return (
    <span className={styles.severity} style={{ color }}>
      <Icon name={icon} size="sm" aria-hidden="true" />
      <span>{severity === '' ? 'none' : severity}</span>
    </span>
  );
}

export function severityColor(severity: string, theme: GrafanaTheme2): string {
  return lookOf(severity, theme).color;
}

function lookOf(severity: string, { colors }: GrafanaTheme2): { icon: IconName; color: string } {
  const rank = severityRank(severity);
  if (rank <= CRITICAL_RANK) {
    return { icon: 'exclamation-circle', color: colors.error.text };
  }
  return rank <= WARNING_RANK
    ? { icon: 'exclamation-triangle', color: colors.warning.text }
    : { icon: 'info-circle', color: colors.info.text };
}

const getStyles = (theme: GrafanaTheme2) => ({
  severity: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    ...theme.typography.bodySmall,
    whiteSpace: 'nowrap',
  }),
});
