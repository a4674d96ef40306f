import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { type Course } from '../../../model/course';
import { type Display, moment, textOf } from '../../format';
import { useViewContext } from '../../view-context';

interface Props {
  course: Course;
  timeMs: number | undefined;
  display: Display;
}

export function CourseTooltip({ course: { timesMs, values, window, level }, timeMs, display }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useViewContext();
  if (timeMs === undefined) {
    return null;
  }
  const value = values[timesMs.indexOf(timeMs)] ?? null;
  const isMeasured = timeMs > window.fromMs && timeMs <= window.toMs;
  return (
    <div className={styles.tooltip}>
      <div className={styles.time}>{moment(timeMs, timeZone)}</div>
      <div>{`Seen: ${value === null ? '–' : textOf(display(value))}`}</div>
      {isMeasured && level !== undefined && (
        <div>{`Expected on average: ${textOf(display(level.counterfactual))}`}</div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({ padding: theme.spacing(1), ...theme.typography.bodySmall, whiteSpace: 'normal', maxWidth: 320 }),
  time: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.5) }),
});
