import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { type Course } from '../../../model/course';
import { courseColors } from './draw-course';

/** What the lines of the plot are; or why there are none. */
export function CourseLegend({ course: { title, timesMs, level, moments: others } }: { course: Course }) {
  const styles = useStyles2(getStyles);
  const { seen, expected, moments } = courseColors(useTheme2());
  if (timesMs.length === 0) {
    return <p className={styles.none}>{`The data hold nothing of ${title} around it: choose a time that does.`}</p>;
  }
  return (
    <p className={styles.legend}>
      <Entry color={seen}>{title}</Entry>
      {level !== undefined && (
        <Entry color={expected}>{level.band === undefined ? 'expected without it' : 'expected without it, 90 %'}</Entry>
      )}
      {others.length > 0 && <Entry color={moments}>{`${others.length} left alone`}</Entry>}
    </p>
  );
}

function Entry({ color, children }: { color: string; children: string }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.entry}>
      <span className={styles.swatch} style={{ background: color }} aria-hidden="true" />
      {children}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(2), margin: 0 }),
  none: css({ margin: 0, color: theme.colors.text.secondary }),
  entry: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
  swatch: css({ width: 12, height: 3, flex: 'none' }),
});
